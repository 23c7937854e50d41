"""Complaints in English as people say and write them, and the findings that reading them must give.

How the words beside each are written stands in ``saying.py``.
"""

from __future__ import annotations

import pytest

from modelzoo.contract.engine import Engine
from tests.modelzoo.understanding.saying import complaints_wrong, told, wrong

COMPLAINTS = [
    ("16 yo girl, sore throat 2 days, T 38, no rash, drinking fine", "sore_throat -rash"),
    (
        "Patient reports intermittent abdominal cramps with bloating relieved by defecation, no blood in stool, "
        "no weight loss, 2 years",
        "bloating -weight_loss -rectal_bleeding",
    ),
    (
        "Knee gave way after twisting it, swollen within an hour, can't bear weight",
        "twisting_injury unable_to_bear_weight",
    ),
    ("3 month old, fever 38.5, otherwise feeding", "fever"),
    (
        "HIV positive, 3 weeks of headache and now vomiting, blurry vision",
        "hiv_infection headache vomiting blurred_vision",
    ),
    ("postnatal day 10, sad, crying, thinks of harming the baby", "recent_delivery"),
    ("No improvement after 3 days of amoxicillin, still coughing and febrile", "cough fever"),
    ("cough not getting better, 5 weeks, night sweats", "cough night_sweats"),
    ("He hasn't had any fever. Hasn't vomited. Not short of breath.", "-fever -vomiting -dyspnea"),
    ("Never had a seizure before. No one in the family has epilepsy.", "-seizure"),
    ("ate breakfast normally, no nausea or abdominal pain since", "-nausea -abdominal_pain"),
    ("Rash resolved. Itching gone. Came for review only.", "gone:rash gone:itching"),
    ("fever subsided yesterday but cough persists", "gone:fever cough"),
    ("What should I do if my baby has a fever?", "if:fever"),
    ("Does the vaccine cause fever?", "!chest_pain"),
    ("Advised to return if fever, breathing difficulty or not drinking", "if:fever if:dyspnea"),
    ("possible UTI; ?pyelonephritis", "!fever"),
    ("55M c/o cp x2h, diaphoretic, no sob, PMH htn", "chest_pain sweating -dyspnea past:hypertension_history"),
    ("34yo F, 3/7 hx of dysuria + freq, no flank pain, afebrile", "dysuria urinary_frequency -flank_pain -fever"),
    (
        "A 34-year-old man presents with a 3-day history of fever, headache and myalgia after returning from "
        "Kenya.",
        "fever headache muscle_pain travel_to_malaria_area",
    ),
    (
        "My little boy is 2 yo and he's been burning up since last night, won't eat, pulling at his ear",
        "fever loss_of_appetite ear_pain",
    ),
    (
        "she has a runny nose, sneezing and a sore throat for two days, no fever",
        "runny_nose sneezing sore_throat -fever",
    ),
    (
        "On examination, the abdomen is soft and nontender with no guarding or rebound.",
        "-abdominal_tenderness -abdominal_guarding -rebound_tenderness",
    ),
    (
        "Abdominal exam reveals rebound tenderness and guarding in the right lower quadrant.",
        "rebound_tenderness abdominal_guarding",
    ),
    ("Temp 101.5 F, HR 118, RR 28, BP 88/50. Patient is lethargic and diaphoretic.", "fever lethargy sweating"),
    (
        "No acute distress. Lungs clear to auscultation bilaterally, no wheezes, rales or rhonchi.",
        "-wheezing -crackles",
    ),
    ("PMH: asthma, GERD. ROS: neg for fever, chills, wt loss.", "past:asthma_history -fever -chills -weight_loss"),
    (
        "Denies fever, chills, nausea, vomiting, diarrhea, constipation, or urinary symptoms.",
        "-fever -chills -nausea -vomiting -diarrhea -constipation",
    ),
    (
        "He was stressed at work and has had a dull headache on both sides like a tight band for 2 weeks",
        "band_like_headache psychosocial_stress",
    ),
    ("I cut my finger with a kitchen knife an hour ago, it is still bleeding a little", "open_wound"),
    (
        "my dad fell off a ladder and hit his head, he vomited twice and is confused now",
        "head_injury vomiting confusion",
    ),
    ("she fell asleep in class and fell behind in school, otherwise well", "!injury_fall !head_injury"),
    ("He runs every morning before work and has no complaints", "!diarrhea"),
    ("The pain runs down the back of my leg to my foot after lifting bags of cement", "sciatica_pain heavy_lifting"),
    ("my tummy hurts and I have the runs since yesterday", "abdominal_pain diarrhea"),
    ("Baby 3 weeks old, hot to touch, not breastfeeding since this morning", "fever unable_to_drink"),
    (
        "my baby is 5 months, coughing, breathing fast and his chest sucks in when he breathes",
        "cough fast_breathing chest_indrawing",
    ),
    (
        "4 yo girl w/ barking cough and noisy breathing when crying, hoarse, low grade fever",
        "barking_cough hoarseness fever",
    ),
    (
        "watery diarrhea x 3 days, 6-7 stools a day, vomiting, sunken eyes, drinks eagerly, 18 months old",
        "watery_diarrhea vomiting sunken_eyes drinks_eagerly",
    ),
    (
        "The patient is a 62-year-old woman with a history of type 2 diabetes and hypertension who presents with "
        "crushing substernal chest pain radiating to the left arm and jaw.",
        "crushing_chest_pain pain_radiating_to_arm_or_jaw past:diabetes_history past:hypertension_history",
    ),
    (
        "She is tachypneic and uses accessory muscles; breath sounds are decreased at the right base.",
        "fast_breathing chest_indrawing decreased_breath_sounds",
    ),
    ("He reports photophobia and neck stiffness. Kernig sign is positive.", "photophobia neck_stiffness"),
    (
        "scleral icterus and dark urine for one week, pale stools, itching all over",
        "jaundice dark_urine pale_stools itching",
    ),
    (
        "progressive dyspnoea on exertion, orthopnoea and bilateral ankle oedema",
        "exertional_dyspnea orthopnea leg_swelling",
    ),
    (
        "three episodes of non-bilious, non-bloody emesis, no diarrhoea",
        "vomiting -diarrhea !hematemesis !bilious_vomiting !bloody_diarrhea",
    ),
    (
        "The rash is erythematous, maculopapular, and began on the face before spreading to the trunk.",
        "rash maculopapular_rash",
    ),
    ("Otalgia and otorrhoea of the left ear for 4 days", "ear_pain ear_discharge"),
    ("odynophagia, fever and tonsillar exudates, no cough", "painful_swallowing fever tonsillar_exudate -cough"),
    (
        "one episode of haemoptysis, night sweats, 8 kg weight loss over 2 months, chronic cough",
        "hemoptysis night_sweats weight_loss chronic_cough",
    ),
    ("rigors and high fever with left loin pain and dysuria, 28F", "rigors high_fever flank_pain dysuria"),
    ("he's got dierrhea and vommiting since thursday and feels week", "diarrhea vomiting"),
    ("temprature 39, coughing, throte is sore", "fever cough sore_throat"),
    ("If he develops a stiff neck or a rash, go to hospital at once.", "if:neck_stiffness if:rash"),
    ("I told her to come back if she starts vomiting or gets a fever", "if:vomiting if:fever"),
    (
        "Mother had breast cancer at 45; patient has found a lump in her left breast",
        "breast_lump family_history_breast_cancer",
    ),
    ("his older brother has the same cough and fever at home, and now he is coughing too", "cough sick_contact"),
    ("Both siblings are ill with vomiting and diarrhoea. The child has vomited 3 times today.", "vomiting"),
    ("used to smoke, quit 10 years ago", "smoking"),
    ("He has smoked a pack a day for 30 years and has a morning cough with white sputum", "smoking productive_cough"),
    ("no known allergies. Takes no medicines.", "-allergy_history"),
    (
        "Allergic to penicillin. Rash after amoxicillin with lip swelling and trouble breathing 20 minutes later.",
        "rash tongue_lip_swelling dyspnea",
    ),
    (
        "stung by a wasp ten minutes ago, face swelling up, wheezing, dizzy",
        "insect_sting facial_swelling wheezing dizziness",
    ),
    (
        "stung by a bee yesterday, finger is red and itchy, no trouble breathing, no swelling of the face",
        "insect_sting -dyspnea -facial_swelling itching",
    ),
    (
        "37 y/o G2P1 at 34 weeks with headache, blurry vision and swollen face, BP 165/105",
        "headache blurred_vision facial_swelling",
    ),
    ("period is 2 weeks late, feeling sick in the mornings", "missed_period morning_sickness"),
    (
        "lower abdominal pain and foul smelling discharge, pain with sex, 24 F",
        "lower_abdominal_pain foul_discharge dyspareunia",
    ),
    ("sudden worst headache of my life while lifting, vomited once", "thunderclap_headache vomiting"),
    (
        "throbbing one-sided headache with nausea, light bothers her, same as her usual migraines",
        "throbbing_headache unilateral_headache nausea photophobia migraine_history",
    ),
    ("woke up with his mouth pulled to one side and can't lift right arm", "facial_droop one_sided_weakness"),
    (
        "Drooping of left side of face including the forehead, cannot close left eye, no limb weakness, speech "
        "normal",
        "facial_droop cannot_close_eye -limb_weakness",
    ),
    ("fits: shaking of all limbs for 3 minutes, bit tongue, wet himself", "seizure tongue_biting urinary_incontinence"),
    ("known epileptic, ran out of tablets, one fit this morning, now awake and talking", "epilepsy_history seizure"),
    (
        "feeling low, no joy in anything, not sleeping, thinks about ending it all",
        "low_mood loss_of_interest insomnia suicidal_thoughts",
    ),
    (
        "feels down and tired since her husband died, sleeping badly, no thoughts of suicide",
        "low_mood insomnia -suicidal_thoughts",
    ),
    ("can't sleep, mind racing, worries about everything, heart pounding at times", "insomnia anxiety palpitations"),
    (
        "lower back pain after gardening, worse when bending, no leg weakness, no numbness, bladder fine",
        "low_back_pain -limb_weakness -numbness",
    ),
    (
        "back pain, both legs numb, cannot pass urine since this morning, numb around the anus",
        "back_pain numbness urinary_retention saddle_numbness",
    ),
    (
        "big toe red hot and so painful he cannot bear the sheet on it, drinks beer every night",
        "big_toe_joint_pain alcohol_use",
    ),
    ("knee swollen, red and hot, temp 38.9, can't move it", "joint_swelling fever"),
    ("ring shaped itchy patch on the arm for 3 weeks", "ring_shaped_rash itching"),
    ("painful blisters in a strip around the right side of the chest, 68 yo man", "dermatomal_blisters"),
    ("purple spots that don't fade when pressed, fever, very drowsy, 6 year old", "non_blanching_rash fever lethargy"),
    ("child with itchy spots and blisters in crops all over, mild fever, playing", "vesicular_rash fever"),
    (
        "sudden painful red eye, sees halos, vomiting, vision blurred",
        "red_eye halos_around_lights vomiting blurred_vision",
    ),
    ("got lime in his eye at work ten minutes ago", "eye_chemical_splash"),
    ("bleeding gums when brushing, bad breath", "bleeding_gums bad_breath"),
    ("tooth pain keeps him awake, cheek swollen, fever", "toothache cheek_jaw_swelling fever"),
    ("heartburn after meals, sour taste, worse lying down", "heartburn acid_regurgitation"),
    (
        "black tarry stools for two days, dizzy when standing, takes ibuprofen for his knees",
        "melena postural_dizziness nsaid_use",
    ),
    (
        "bright red blood on the paper after hard stools, pain at the anus when passing stool",
        "rectal_bleeding constipation anal_pain",
    ),
    (
        "colicky belly pain, vomiting, belly distended, has not passed stool or gas for 2 days",
        "colicky_abdominal_pain vomiting abdominal_distension no_stool_or_gas",
    ),
    (
        "pain started around belly button and moved to right lower side, no appetite, temp 37.9",
        "migrating_abdominal_pain loss_of_appetite",
    ),
    (
        "RUQ pain after fatty meals for 3 months, comes and goes, no fever or jaundice",
        "right_upper_abdominal_pain pain_after_fatty_food -fever -jaundice",
    ),
    ("always thirsty, peeing a lot, lost weight, 50M", "thirst polyuria weight_loss"),
    (
        "diabetic, vomiting, deep fast breathing, fruity smell on breath, glucose 28 mmol/L",
        "diabetes_history vomiting deep_breathing fruity_breath",
    ),
    ("shaky, sweating and confused, takes glibenclamide, sugar 2.4", "sweating confusion insulin_or_sulfonylurea_use"),
    ("bitten by a stray dog on the calf this morning, two deep punctures", "dog_bite"),
    ("spilled hot soup on her arm, red, small blister, size of a coin", "burn vesicular_rash"),
    ("drank pesticide, pinpoint pupils, drooling, sweating", "pesticide_swallowed small_pupils drooling sweating"),
    (
        "found unresponsive in a room with a charcoal stove, the wife has headache too",
        "unconsciousness carbon_monoxide_exposure",
    ),
    ("needs a repeat of her blood pressure tablets, feels well, BP 138/84", "hypertension_history"),
    ("wants contraception, no problems", "contraception_wish"),
    ("my hair is falling out in round patches", "hair_loss"),
    ("cold sore on my lip", "lip_sores"),
    ("he is cold and clammy, thready pulse, vomiting blood", "cold_clammy_skin weak_pulse hematemesis"),
    (
        "caught a cold last week, now cough is worse with green phlegm and pleuritic chest pain",
        "recent_cold purulent_sputum pleuritic_chest_pain",
    ),
    ("tired all the time, pale, heavy periods, craving ice", "fatigue pallor heavy_menstrual_bleeding pica"),
    (
        "sudden SOB and sharp pain on deep breath, calf swollen after long flight, on the pill",
        "dyspnea pleuritic_chest_pain unilateral_leg_swelling immobilization estrogen_use",
    ),
    ("14 yo boy sudden severe testicular pain since 3 hours, nauseous", "testicular_pain nausea"),
    (
        "12 y old with sore throat, fine sandpaper rash, strawberry tongue",
        "sore_throat sandpaper_rash strawberry_tongue",
    ),
    (
        "drooling, muffled voice, leaning forward to breathe, high fever, 4 year old",
        "drooling muffled_voice tripod_position high_fever",
    ),
    (
        "The patient appears pale and has petechiae on the lower extremities; spleen is palpable 3 cm below the "
        "costal margin.",
        "pallor petechiae splenomegaly",
    ),
    (
        "Cardiac examination shows a grade 3/6 holosystolic murmur; JVD and bibasilar crackles are present.",
        "heart_murmur raised_jugular_veins crackles",
    ),
    (
        "There is no jugular venous distention, peripheral edema, or cyanosis.",
        "-raised_jugular_veins -leg_swelling -cyanosis",
    ),
    ("Vital signs are within normal limits. Examination shows no abnormalities.", "!fever"),
    (
        "His temperature is 39.2°C (102.6°F), pulse is 120/min, respirations are 32/min, and blood pressure is "
        "85/50 mm Hg.",
        "fever",
    ),
    (
        "A 6-month-old infant is brought in with 2 days of poor feeding, cough, and rapid breathing. Examination "
        "shows subcostal retractions and expiratory wheezes.",
        "poor_feeding cough fast_breathing chest_indrawing wheezing",
    ),
    (
        "A 19-year-old college student comes to the physician because of a 2-week history of fatigue, sore "
        "throat, and swollen glands in her neck.",
        "fatigue sore_throat neck_lymph_nodes",
    ),
    (
        "A 45-year-old woman with obesity presents with episodic right upper quadrant pain that occurs after "
        "meals. She denies fever or jaundice.",
        "right_upper_abdominal_pain obesity -fever -jaundice",
    ),
    (
        "A previously healthy 23-year-old man has had a severe headache, fever and vomiting for 24 hours. He is "
        "drowsy and has nuchal rigidity.",
        "severe_headache fever vomiting lethargy neck_stiffness",
    ),
    (
        "67-year-old smoker with a 3-month history of cough, hemoptysis and a 9-kg weight loss.",
        "smoking cough hemoptysis weight_loss",
    ),
    ("She has had no fevers, night sweats, or recent travel.", "-fever -night_sweats"),
    (
        "Past medical history is notable for hypertension, type 2 diabetes mellitus, and gout.",
        "past:hypertension_history diabetes_history gout_history",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), told(COMPLAINTS))
def test_a_complaint_is_read_as_it_was_meant(engine: Engine, text: str, expected: str) -> None:
    assert wrong(engine, text, expected) == []


# What people also say in a clinic, and what an examination finds in order: nothing here is a complaint.
NOTHING_WRONG = [
    "He works as a driver and lives with his wife and two children.",
    "She went down to the market to buy cold water and came home late.",
    "The weather was cold and the light was bad.",
    "I need a sick note for my boss, nothing else",
    "He cut the grass and burned the leaves in the yard.",
    "Her son runs a shop; she helps him every day.",
    "She is under no stress and sleeps well.",
    "Vaccinations are up to date. Growth and development are normal.",
    "Follow up of blood test, result normal.",
    "He spotted a mistake on his form",
    "Please write a letter for my school, I missed a day",
    "The stool test was negative.",
    "Mother is worried that it could be cancer.",
    "heart sounds normal, regular rate and rhythm, abdomen soft, bowel sounds present",
    "Her pulse is strong and her skin is warm and dry.",
    "normal tone, reflexes present and symmetrical, gait normal",
    "The wound is healing well, sutures removed today",
    "Eyes open, looking around, smiling, drinking well",
    "Feeding well, wet nappies normal, no rash",
    "Her last delivery was at home five years ago.",
    "He would like his ears checked before diving",
    "I fall in love easily and cry at movies",
    "My teeth are fine, I just want a check up",
    "She broke the cup and swept the floor",
    "Burning rubbish behind the house smells bad",
    "Cut down on sugar, walks an hour each day",
    "the nurse took his blood pressure and pulse",
    "he kicked the ball hard and scored",
    "I have two cats and a dog at home",
]  # fmt: skip


@pytest.mark.parametrize("text", told((text,) for text in NOTHING_WRONG))
def test_an_ordinary_sentence_holds_no_complaint(engine: Engine, text: str) -> None:
    assert complaints_wrong(engine, text) == []
