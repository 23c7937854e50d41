"""Complaints in Chinese, some mixed with English, and the findings that reading them must give.

A finding alone must be present; ``-`` absent, ``past:`` history, ``family:`` somebody else's, ``if:`` only a condition,
``!`` must not be there.
"""

from __future__ import annotations

import pytest

from modelzoo.contract.assessment import Finding
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine

CLAIMS = {"-": "absent", "past:": "historical", "family:": "family", "if:": "hypothetical"}

COMPLAINTS = [
    ("女，50岁，近一月乏力，精神差，食欲差", "fatigue loss_of_appetite"),
    ("孩子4岁，发烧一天，38.3度，精神不好，能喝水能吃", "fever"),
    (
        "查体：神志清，精神可，巩膜无黄染，咽不红，扁桃体不大，颈软，腹软，无压痛",
        "-jaundice -neck_stiffness -abdominal_tenderness !sore_throat !tonsil_swelling",
    ),
    (
        "无咳嗽咳痰，无胸闷胸痛，无恶心呕吐，无腹痛腹泻",
        "-cough -chest_tightness -chest_pain -nausea -vomiting -abdominal_pain -diarrhea",
    ),
    ("发热已退，仍有咳嗽", "past:fever cough"),
    ("以前得过肺炎，现在没有不舒服", "!cough !fever"),
    ("医生嘱咐：出现抽搐、嗜睡及时就诊", "if:seizure if:lethargy"),
    ("自诉无明显诱因出现上腹部疼痛，伴恶心，未呕吐", "epigastric_pain nausea -vomiting"),
    ("患者3天前受凉后出现咳嗽，无痰，伴咽痛，无发热", "cough sore_throat -fever"),
    ("二便正常，夜眠差", "insomnia"),
    ("体温不高，但是手脚冰凉", "-fever cold_clammy_skin"),
    ("孩子2岁，发烧三天，最高39.5度，咳嗽，流清鼻涕，精神还可以", "fever cough runny_nose"),
    (
        "患者男，58岁，突发胸骨后压榨样疼痛2小时，伴大汗，向左肩放射",
        "crushing_chest_pain sweating pain_radiating_to_arm_or_jaw",
    ),
    ("查体：T38.5℃，咽红，双肺呼吸音粗，未闻及啰音。", "fever -crackles"),
    ("乏力、纳差、厌油腻一周，尿黄如浓茶", "fatigue loss_of_appetite dark_urine"),
    ("午后低热、盗汗、消瘦两个月，痰中带血", "fever night_sweats weight_loss hemoptysis"),
    ("腹痛、里急后重，脓血便每日十余次，发热", "abdominal_pain tenesmus bloody_diarrhea fever"),
    ("鼻塞流涕打喷嚏两天，无发热，无咳嗽", "nasal_congestion runny_nose sneezing -fever -cough"),
    (
        "转移性右下腹痛1天，伴恶心，麦氏点压痛反跳痛阳性",
        "migrating_abdominal_pain nausea abdominal_tenderness rebound_tenderness",
    ),
    ("尿频、尿急、尿痛3天，无腰痛，无发热", "urinary_frequency urinary_urgency dysuria -low_back_pain -fever"),
    ("否认发热、寒战、胸痛、咯血、盗汗。", "-fever -rigors -chest_pain -hemoptysis -night_sweats"),
    (
        "既往体健，否认高血压、糖尿病、冠心病史，否认药物过敏史。",
        "-hypertension_history -diabetes_history -heart_disease_history -allergy_history",
    ),
    ("既往有高血压病史10年，口服氨氯地平", "past:hypertension_history"),
    ("父亲有糖尿病，患者近来口渴多饮多尿，体重下降", "thirst polyuria weight_loss"),
    ("奶奶说孩子昨晚抽了一次，烧到40度，现在清醒", "seizure"),
    ("家里人也拉肚子，吃了剩饭之后吐了三次，水样便五次", "vomiting watery_diarrhea unsafe_water_food"),
    ("如果出现呼吸困难、精神差，立即到医院", "if:dyspnea"),
    ("小便正常，大便每日一次，睡眠可，饮食好", "!constipation !insomnia !diarrhea"),
    (
        "腹软，无压痛、反跳痛，肝脾肋下未触及，双肾区无叩痛",
        "-abdominal_tenderness -rebound_tenderness -costovertebral_tenderness -hepatomegaly",
    ),
    (
        "神清，精神可，颈软无抵抗，双肺未闻及干湿性啰音，心律齐，未闻及杂音",
        "-crackles -heart_murmur !confusion !irregular_pulse !neck_stiffness",
    ),
    ("双下肢无水肿，无发绀，颈静脉无怒张", "-leg_swelling -cyanosis -raised_jugular_veins"),
    ("双下肢凹陷性水肿，夜间不能平卧，活动后气促", "leg_swelling orthopnea exertional_dyspnea"),
    ("皮肤巩膜黄染，可见肝掌、蜘蛛痣，腹部膨隆，移动性浊音阳性", "jaundice ascites abdominal_distension"),
    ("老伴早上起来嘴歪了，右边胳膊抬不起来，说话不清楚", "facial_droop one_sided_weakness slurred_speech"),
    ("头痛如裂，突然发作，喷射性呕吐，颈项强直", "severe_headache projectile_vomiting neck_stiffness"),
    ("偏头痛又犯了，一跳一跳地疼，怕光恶心，跟以前一样", "migraine_history throbbing_headache photophobia nausea"),
    ("腰扭了，弯腰就疼，腿不麻", "low_back_pain"),
    ("崴了脚，肿了，能走路", "twisting_injury"),
    ("从树上掉下来，头着地，吐了两次，一直想睡", "injury_fall vomiting lethargy"),
    ("切菜切到手指了，出血不多，伤口不深", "open_wound"),
    ("被邻居家的狗咬了一口，破皮出血", "dog_bite"),
    ("吃了蘑菇以后上吐下泻，肚子绞痛", "vomiting diarrhea colicky_abdominal_pain"),
    ("打了青霉素后全身起风团，胸闷，血压80/50", "hives chest_tightness recent_antibiotics"),
    ("右腰部绞痛向会阴部放射，伴肉眼血尿", "flank_pain pain_radiating_to_groin hematuria"),
    ("上腹部烧灼感，反酸嗳气，空腹痛，进食后缓解", "hunger_pain acid_regurgitation belching"),
    ("解柏油样黑便2天，头晕心慌，面色苍白", "melena dizziness palpitations pallor"),
    ("便后滴鲜血，大便干，肛门有肉球", "rectal_bleeding constipation anal_lump"),
    ("腹胀腹痛，停止排气排便2天，呕吐", "bloating abdominal_pain no_stool_or_gas vomiting"),
    (
        "进食油腻后右上腹痛，向右肩背部放射，Murphy征阳性，T38.6",
        "right_upper_abdominal_pain pain_after_fatty_food murphy_sign",
    ),
    ("停经50天，阴道少量流血，下腹痛，晕倒一次", "missed_period vaginal_bleeding lower_abdominal_pain syncope"),
    ("孕34周，头痛眼花，双脚肿，血压165/110", "headache blurred_vision bilateral_foot_edema"),
    ("怀孕8周，恶心呕吐，能吃一点东西，小便正常", "nausea vomiting"),
    ("产后5天，发热，恶露有臭味，下腹痛", "recent_delivery fever foul_lochia lower_abdominal_pain"),
    ("产后3天乳房胀痛发红，发热38.9", "recent_delivery breast_pain breast_redness"),
    ("月经推迟两周，早上恶心", "missed_period nausea"),
    ("白带豆腐渣样，外阴瘙痒", "curdy_discharge vulval_itching"),
    ("痛经，来月经第一天小腹坠痛，每个月都这样", "painful_periods"),
    ("更年期，潮热出汗，睡不好，心烦", "menopausal_age_period_stop hot_flushes insomnia"),
    ("新生儿10天，不吃奶，体温不升，皮肤发黄", "unable_to_drink low_body_temperature jaundice"),
    ("宝宝4个月，咳嗽，喘，呼吸急促，三凹征", "cough dyspnea fast_breathing chest_indrawing"),
    ("8个月大，蛋花汤样便，每天七八次，精神差，尿少，哭时泪少", "watery_diarrhea reduced_urine no_tears"),
    ("犬吠样咳嗽，声音嘶哑，吸气性喉鸣，3岁", "barking_cough hoarseness stridor"),
    ("手心脚心起红疹，嘴里有溃疡，不肯吃饭，3岁，低烧", "palm_sole_rash mouth_ulcers loss_of_appetite fever"),
    ("孩子脸上身上起水痘，痒，有的结痂了，玩得挺好", "itchy_rash_crops itching"),
    ("腮帮子肿痛三天，发烧，班里也有同学得", "cheek_jaw_swelling fever"),
    ("嗓子疼得咽口水都疼，扁桃体上有白点，高烧", "painful_swallowing tonsillar_exudate high_fever"),
    ("石灰溅到眼睛里了", "eye_chemical_splash"),
    ("右眼突然看不见了，半小时", "sudden_vision_loss"),
    ("牙疼，半边脸肿，发烧", "toothache cheek_jaw_swelling fever"),
    ("口腔溃疡，吃东西疼，反复发作", "mouth_ulcers"),
    ("一条腿肿，小腿肚压痛，坐了两天火车", "unilateral_leg_swelling immobilization"),
    ("大脚趾又红又肿，半夜疼醒，昨晚喝酒吃海鲜", "big_toe_joint_pain alcohol_use"),
    ("双手小关节肿痛，早上僵硬一个多小时", "many_small_joints morning_stiffness"),
    ("膝盖上下楼疼，活动时响，没有红肿，65岁", "knee_pain -skin_redness"),
    ("有糖尿病，呕吐，呼吸深快，有烂苹果味，血糖27", "diabetes_history vomiting deep_breathing fruity_breath"),
    ("打了胰岛素没吃饭，出冷汗，心慌，手抖，血糖2.6", "insulin_or_sulfonylurea_use sweating palpitations tremor"),
    ("情绪低落半年，对什么都没兴趣，觉得活着没意思，买了安眠药", "low_mood loss_of_interest suicidal_thoughts"),
    ("睡不着，老担心孩子，心里紧张，没有轻生念头", "insomnia anxiety -suicidal_thoughts"),
    ("觉得有人害他，听见有人骂他，夜里不睡", "delusions hallucinations insomnia"),
    ("戒酒两天，手抖出汗，说胡话", "alcohol_withdrawal tremor sweating confusion"),
    ("全身起红疙瘩，很痒，一会儿起一会儿退，吃了虾", "rash itching food_trigger"),
    ("手指缝起小疙瘩，晚上痒得厉害，全家都痒", "burrows_finger_webs night_itching family_itching"),
    ("腰上一圈水泡，火烧一样疼，70岁", "dermatomal_blisters"),
    ("身上红一片，边界清楚，腿上红肿热痛，发烧寒战", "skin_redness fever rigors"),
    ("脚气，脚丫子烂，痒", "athletes_foot_cracks"),
    ("头皮屑多，头皮痒", "scalp_scaling"),
    ("脸上长痘", "blackheads_pimples"),
    ("开水烫了手，起了个小水泡", "burn vesicular_rash"),
    ("发热伴寒战，隔天发作，刚从云南边境回来", "fever rigors relapsing_fever_pattern"),
    (
        "高热、头痛、腰痛、眼眶痛，脸红脖子红，尿少，村里老鼠多",
        "high_fever headache low_back_pain retro_orbital_pain reduced_urine animal_contact",
    ),
    ("受凉后发热、咳黄痰、右侧胸痛，呼吸30次/分", "fever purulent_sputum chest_pain"),
    ("老慢支，这两天喘得厉害，痰多变黄，嘴唇发紫", "copd_history dyspnea purulent_sputum cyanosis"),
    ("哮喘犯了，喘，说不出整句话", "asthma_history cannot_speak_sentences dyspnea"),
    ("干咳三周，夜里重，没有发烧，没有痰", "dry_cough -fever -productive_cough"),
    ("来开点降压药，平时血压控制可以", "hypertension_history"),
    ("体检发现血压150/95，无头晕头痛", "-dizziness -headache high_blood_pressure"),
    ("抽烟三十年，咳嗽带血丝一个月，瘦了十斤", "smoking hemoptysis weight_loss"),
    ("男，23岁，睾丸突然剧痛4小时，恶心", "testicular_pain nausea"),
    ("小便困难，尿线细，起夜三四次，72岁男", "weak_urine_stream nocturia"),
    ("中暑了，头晕恶心，出汗多，体温37.8", "heat_exposure dizziness nausea sweating"),
    ("大热天干活，昏倒，不出汗，身上滚烫，体温41度", "heat_exposure syncope"),
    ("屋里烧煤取暖，一家人都头痛恶心", "carbon_monoxide_exposure headache nausea"),
    ("皮下瘀点，牙龈出血，乏力，面色苍白", "petechiae bleeding_gums fatigue pallor"),
    ("神志不清，四肢湿冷，脉细速，血压70/40", "confusion cold_clammy_skin weak_pulse"),
    ("Pt 55M, 突发剧烈胸痛 2 hours, sweating, denies fever", "chest_pain sweating -fever"),
    ("3yo 男孩 fever 39.5 两天, 咳嗽, no rash", "fever cough -rash"),
    ("女 28岁 LMP 6 weeks ago, 右下腹痛 + vaginal spotting", "right_lower_abdominal_pain vaginal_bleeding"),
    ("患者 c/o headache x3d, 无恶心呕吐, PMH 高血压", "headache -nausea -vomiting past:hypertension_history"),
    ("BP 180/110, 头晕, blurred vision, 左侧肢体无力", "dizziness blurred_vision one_sided_weakness"),
    ("宝宝 6 months, 拉肚子 3 days, vomiting, 尿少, 眼窝凹陷", "diarrhea vomiting reduced_urine sunken_eyes"),
    ("T 38.2, 咽红, tonsils swollen, 没有 cough", "fever tonsil_swelling -cough"),
    ("SpO2 86%, 喘得厉害, cannot speak full sentences, 哮喘史", "dyspnea cannot_speak_sentences asthma_history"),
    ("腰痛 after lifting heavy things, 没有下肢麻木", "low_back_pain heavy_lifting -numbness"),
    ("itchy 皮疹 on both arms 一周, no fever 无水泡", "itching rash -fever -vesicular_rash"),
    ("DM for 10 years, 今天 confused, 出冷汗, glucose 2.2", "diabetes_history confusion sweating"),
    ("流鼻涕 sneezing 3天, no fever, 精神好", "runny_nose sneezing -fever"),
    ("孕32周 headache, 眼花, BP 160/110", "headache blurred_vision"),
    ("喝了 pesticide 一小时前, 流口水, small pupils", "pesticide_swallowed drooling small_pupils"),
    ("heartburn 饭后加重, 反酸, no black stool", "heartburn acid_regurgitation -melena"),
    ("脚崴了, swollen ankle, can walk", "twisting_injury ankle_pain"),
    ("dysuria 尿频 2 days, 无发热 no flank pain", "dysuria urinary_frequency -fever -flank_pain"),
    ("被狗咬 on the leg, 伤口出血", "dog_bite open_wound"),
    ("seizure 一次 about 2 min, 体温39.6, 2岁", "seizure"),
    ("患儿，女，1岁2个月，因\"发热、咳嗽2天，抽搐1次\"就诊", "fever cough seizure"),
    (
        "主诉：反复上腹痛半年，加重3天。伴反酸、嗳气，无呕血、黑便。",
        "epigastric_pain acid_regurgitation belching -hematemesis -melena",
    ),
    ("男，65岁，反复咳嗽咳痰10年，加重伴气促1周，吸烟史40年", "cough productive_cough dyspnea smoking"),
    (
        "女性，26岁，发热、腰痛、尿频尿急2天，右肾区叩击痛阳性",
        "fever low_back_pain urinary_frequency urinary_urgency costovertebral_tenderness",
    ),
    (
        "一般情况可，咽部充血，双侧扁桃体Ⅱ度肿大，可见脓点，颌下淋巴结肿大",
        "sore_throat tonsil_swelling tonsillar_exudate neck_lymph_nodes",
    ),
    ("全身皮肤未见皮疹及出血点，浅表淋巴结无肿大，心肺听诊无异常", "-rash -petechiae -lymph_node_swelling"),
    ("头晕3天，转头时天旋地转，持续几秒钟，无耳鸣", "dizziness vertigo -tinnitus"),
    ("我妈今早起来说话不利索，左边手脚没劲", "slurred_speech one_sided_weakness"),
    ("爷爷前胸疼，疼得出汗，含了硝酸甘油也不管用", "chest_pain sweating"),
    ("孩子拉肚子五天，大便像水一样，眼窝都凹下去了，喝水很急", "watery_diarrhea sunken_eyes drinks_eagerly"),
    ("宝宝20天，脐部流脓，周围发红", "umbilical_redness"),
    ("老婆怀孕9个月，破水了，还没有宫缩", "rupture_of_membranes late_pregnancy -labor_pains"),
    ("产后两小时出血很多，脸色发白，出冷汗", "recent_delivery heavy_bleeding pallor sweating"),
    ("感冒了，嗓子有点疼，流清水鼻涕，头有点痛，没发烧", "sore_throat runny_nose headache -fever"),
    ("干农活腰疼，歇歇就好，腿不疼不麻", "low_back_pain"),
    ("坐骨神经痛，从屁股一直疼到小腿，三个星期了", "sciatica_pain"),
    ("脚趾缝痒，脱皮", "athletes_foot_cracks"),
    ("后背起了一片红疹，痒，用了新的洗衣粉", "rash itching contact_irritant"),
    ("胳膊上被开水烫了一大片，起了很多大水泡，50岁", "burn vesicular_rash"),
    ("喝了百草枯一口", "pesticide_swallowed"),
    ("吃了30片安眠药，叫不醒", "medicine_overdose unconsciousness"),
    ("便秘一周，肚子胀，还能放屁", "constipation bloating"),
    ("痔疮犯了，大便带血，疼", "anal_lump rectal_bleeding"),
    ("疝气掉下来回不去了，疼得厉害，呕吐", "irreducible_painful_hernia vomiting"),
    ("听力下降，耳屎多", "hearing_loss"),
    ("眼皮上长了个针眼，红肿疼", "eyelid_lump"),
    ("右眼剧痛，看灯有彩圈，恶心呕吐，视力下降", "eye_pain halos_around_lights nausea vomiting blurred_vision"),
    ("电焊后眼睛疼，流泪，怕光", "eye_injury_dust eye_pain watery_eyes photophobia"),
    ("流鼻血，压了十分钟止住了", "nosebleed"),
    ("牙龈出血，刷牙时明显，口臭", "bleeding_gums bad_breath"),
    ("咳嗽一个月，有点低烧，晚上出汗，他父亲有肺结核", "chronic_cough fever night_sweats tb_contact"),
    ("月经量多，血块多，头晕乏力", "heavy_menstrual_bleeding dizziness fatigue"),
    ("绝经五年又出血了", "postmenopausal_bleeding"),
    ("乳房摸到一个硬疙瘩，不疼", "breast_lump"),
    ("突然喘不上气，嘴唇发紫，坐着不能躺", "orthopnea cyanosis"),
    ("咳粉红色泡沫痰，不能平卧", "pink_frothy_sputum orthopnea"),
    ("狗抓了一下，没破皮", "dog_bite -open_wound"),
    ("割麦子割破了腿，伤口长，血止不住", "open_wound heavy_bleeding"),
    ("糖尿病10年，脚上烂了一块，发黑有臭味，发烧", "diabetes_history skin_ulcer fever"),
    ("心跳一会快一会慢，胸闷，没有胸痛", "irregular_pulse chest_tightness -chest_pain"),
    ("手脚麻，针扎一样，糖尿病多年", "numbness tingling diabetes_history"),
    ("总觉得脖子前面粗了，吃东西不碍事", "neck_swelling"),
    ("尿等待，尿不尽，夜尿4次，70岁老汉", "weak_urine_stream nocturia"),
    ("一整天尿不出来，小肚子胀得难受", "urinary_retention"),
    ("孩子5岁，晚上屁股痒，大便里看到小白虫", "anal_itching worms_in_stool"),
    ("孩子8岁，不发烧，就是肚脐周围疼，一会儿就好，吃饭正常", "-fever periumbilical_pain"),
    ("被车撞了，腿断了，骨头露出来", "limb_deformity"),
    ("患儿8月，发热1天，T39.2℃，精神可，吃奶好，无皮疹", "fever -rash"),
    ("男性，70岁，突发右侧肢体无力伴言语不清1小时，血压180/100mmHg", "one_sided_weakness slurred_speech"),
    ("心前区压榨样痛30分钟，含服硝酸甘油不缓解，大汗淋漓", "crushing_chest_pain sweating"),
    ("腹痛腹泻1天，稀水样便4次，无脓血，无里急后重，无发热，尿量正常", "abdominal_pain diarrhea -tenesmus -fever"),
    ("昨天吃火锅后胃疼，吐了一次，现在好多了", "epigastric_pain vomiting"),
    ("感冒三天，鼻塞，咽痛，咳少许白痰，体温36.8", "nasal_congestion sore_throat productive_cough"),
    ("咳嗽咳黄痰伴发热3天，T38.8℃，R26次/分，右下肺可闻及湿啰音", "purulent_sputum fever crackles"),
    ("双侧膝关节疼痛，上下楼加重，无红肿，无发热", "knee_pain -fever"),
    ("孕39周，规律宫缩，见红", "labor_pains"),
    ("全身乏力，心慌，解黑便3次，血压85/50", "fatigue palpitations melena"),
    ("孩子误吞纽扣电池", "caustic_ingestion"),
    ("喉咙里卡了鱼刺，咽东西疼", "painful_swallowing"),
    ("手上长了个瘊子", "wart_growth"),
    ("眼睛痒，打喷嚏，每年春天都这样", "itchy_eyes sneezing"),
    ("嘴角起泡，有点疼", "lip_sores"),
    ("胸口隐隐疼，按压加重，搬东西后出现，无气短", "chest_pain -dyspnea"),
    ("高烧40度，说胡话，脖子硬", "high_fever confusion neck_stiffness"),
    ("阴囊肿痛1天，发热", "scrotal_swelling fever"),
    ("头痛，鼻塞流黄涕，面部压痛，一周", "headache purulent_nasal_discharge facial_pain"),
    ("失眠多梦，压力大，白天没精神，无自杀想法", "insomnia psychosocial_stress -suicidal_thoughts"),
    ("尿频尿痛，怀孕20周，发热39度，腰痛", "urinary_frequency dysuria fever low_back_pain"),
    ("小儿腹泻3天，尿布6小时没湿，囟门凹陷，嗜睡", "diarrhea reduced_urine dehydration_signs lethargy"),
]  # fmt: skip


def claim(word: str) -> tuple[str, str]:
    """Finding and assertion of one word of the table."""
    for mark, assertion in CLAIMS.items():
        if word.startswith(mark):
            return word.removeprefix(mark), assertion
    return word, "present"


def pairs(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(f.id, f.assertion.value) for f in findings}


@pytest.mark.parametrize(("text", "expected"), COMPLAINTS, ids=range(len(COMPLAINTS)))
def test_a_complaint_is_read_as_it_was_meant(engine: Engine, text: str, expected: str) -> None:
    read = pairs(engine.assess(Case(id="complaint", text=text)).findings)
    wanted = {claim(word) for word in expected.split() if word[0] != "!"}
    unwanted = {(word[1:], "present") for word in expected.split() if word[0] == "!"}
    assert wanted - read == set()
    assert unwanted & read == set()


# What people also say in a clinic, and what an examination finds in order: nothing here is a complaint.
NOTHING_WRONG = [
    "他在县城打工，家里有两个孩子",
    "今天来复查，伤口恢复得好，拆线",
    "孩子吃得好睡得好，大小便正常，来打疫苗",
    "老人耳朵挺好，眼睛也好，就是想量个血压",
    "心情不错，工作顺利",
    "发育正常，营养中等，步入病房，查体合作",
    "双肺呼吸音清，心率80次/分，腹平软，肠鸣音正常",
    "瞳孔等大等圆，对光反射灵敏，四肢肌力正常",
    "胸廓对称，叩诊清音，语颤正常",
    "皮肤黏膜无黄染，全身浅表淋巴结未触及肿大",
    "昨天跑步了，出了一身汗，洗了个澡",
    "天冷了，想开点维生素",
    "他哥哥在外地上班",
    "家里刚买了一头牛",
    "开个请假条",
    "做饭的时候水开了",
    "吃了两片药就好了",
    "想问问孩子什么时候能打乙肝疫苗",
    "手机摔坏了",
    "天气热，多喝水",
    "大夫，我来拿化验单",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING_WRONG)
def test_an_ordinary_sentence_holds_no_complaint(engine: Engine, text: str) -> None:
    findings = engine.assess(Case(id="ordinary", text=text)).findings
    assert [f.id for f in findings if f.assertion.value == "present"] == []
