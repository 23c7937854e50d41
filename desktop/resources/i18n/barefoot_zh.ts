<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>access</name>
  <message>
   <source>At least {minimum} characters. Four or five unrelated words are easy to keep in mind.</source>
   <translation>至少 {minimum} 个字符。四五个互不相关的词容易记住。</translation>
  </message>
  <message>
   <source>Easy to guess. A program tries such passphrases first.</source>
   <translation>容易被猜到：破解程序最先试这样的密码。</translation>
  </message>
  <message>
   <source>Fair. One more unrelated word makes it much harder to guess.</source>
   <translation>尚可。再加一个不相关的词，就难猜得多。</translation>
  </message>
  <message>
   <source>Long enough, if nobody can guess the words. The length alone does not make it strong.</source>
   <translation>够长了，前提是没有人能猜到这些词。光靠长度并不能保证安全。</translation>
  </message>
 </context>
 <context>
  <name>advice</name>
  <message>
   <source>Ask next</source>
   <translation>接下来问</translation>
  </message>
  <message>
   <source>Fewer</source>
   <translation>收起部分</translation>
  </message>
  <message>
   <source>Hide (F9)</source>
   <translation>收起 (F9)</translation>
  </message>
  <message>
   <source>Must not miss</source>
   <translation>不可漏诊</translation>
  </message>
  <message>
   <source>No clinician has reviewed this knowledge. The decision is yours.</source>
   <translation>本知识库尚未经任何临床医生审阅。由您决定。</translation>
  </message>
  <message>
   <source>Outside what this program knows. {because}</source>
   <translation>超出本程序所知范围。{because}</translation>
  </message>
  <message>
   <source>Show it again</source>
   <translation>重新显示</translation>
  </message>
  <message>
   <source>The numbers hold on written cases of the program's authors; on patients they were never tested.</source>
   <translation>这些数字只在作者编写的病例上成立，从未在患者中检验过。</translation>
  </message>
  <message>
   <source>What it could be</source>
   <translation>可能是什么</translation>
  </message>
  <message>
   <source>Write what the patient says, or give a measurement. What it could be appears here.</source>
   <translation>请写下患者的描述，或填入一项测量值。可能的疾病会显示在这里。</translation>
  </message>
  <message>
   <source>You sent the list away for this visit. Danger signs still show.</source>
   <translation>您在本次就诊中收起了列表。危险征象仍会显示。</translation>
  </message>
  <message>
   <source>{count} more</source>
   <translation>另外 {count} 项</translation>
  </message>
 </context>
 <context>
  <name>assessment</name>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Any words, then Enter</source>
   <translation>任意文字，按回车</translation>
  </message>
  <message>
   <source>Directions, then Enter</source>
   <translation>用法，按回车</translation>
  </message>
  <message>
   <source>Medicine</source>
   <translation>药物</translation>
  </message>
  <message>
   <source>My diagnosis</source>
   <translation>我的诊断</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>处理计划</translation>
  </message>
  <message>
   <source>Prescribed</source>
   <translation>处方</translation>
  </message>
 </context>
 <context>
  <name>bar</name>
  <message>
   <source>Back to the open visit (Alt+5)</source>
   <translation>回到打开的就诊 (Alt+5)</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Help  F1</source>
   <translation>帮助  F1</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>高对比度</translation>
  </message>
  <message>
   <source>Knowledge</source>
   <translation>知识</translation>
  </message>
  <message>
   <source>Language and theme</source>
   <translation>语言与外观</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Like the system</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>锁定</translation>
  </message>
  <message>
   <source>Lock after {minutes} minutes without a key</source>
   <translation>{minutes} 分钟无操作后锁定</translation>
  </message>
  <message>
   <source>Lock the records (Ctrl+L)</source>
   <translation>锁定记录 (Ctrl+L)</translation>
  </message>
  <message>
   <source>Patients</source>
   <translation>患者</translation>
  </message>
  <message>
   <source>Sealed</source>
   <translation>密封文件</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今日</translation>
  </message>
 </context>
 <context>
  <name>card</name>
  <message>
   <source>简体中文</source>
   <translation>English</translation>
  </message>
 </context>
 <context>
  <name>chips</name>
  <message>
   <source>+ Add finding</source>
   <translation>+ 添加表现</translation>
  </message>
  <message>
   <source>Another finding…</source>
   <translation>换成其他表现…</translation>
  </message>
  <message>
   <source>As the text says</source>
   <translation>以文字为准</translation>
  </message>
  <message>
   <source>Confirm</source>
   <translation>确认</translation>
  </message>
  <message>
   <source>Not meant: strike out</source>
   <translation>不是这个意思：划掉</translation>
  </message>
  <message>
   <source>What is understood from the text appears here. F2 corrects it.</source>
   <translation>从文字中理解到的内容显示在这里。按 F2 更正。</translation>
  </message>
  <message>
   <source>said by you</source>
   <translation>由您确认</translation>
  </message>
  <message>
   <source>{assertion} · Enter confirms, F2 corrects, Delete strikes out</source>
   <translation>{assertion} · 回车确认，F2 更正，Delete 划掉</translation>
  </message>
 </context>
 <context>
  <name>clinic</name>
  <message>
   <source>Allergies were not asked for. {medicine}: not checked.</source>
   <translation>未询问过敏史。{medicine}：未核对。</translation>
  </message>
  <message>
   <source>{medicine}: its family is not known here, so it was not checked against allergies.</source>
   <translation>{medicine}：本程序不知道它属于哪一类药，未能与过敏史核对。</translation>
  </message>
 </context>
 <context>
  <name>danger</name>
  <message>
   <source>DANGER SIGN</source>
   <translation>危险征象</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>已处理</translation>
  </message>
  <message>
   <source>Reason, then Enter</source>
   <translation>写明理由，按回车</translation>
  </message>
  <message>
   <source>Why not…</source>
   <translation>为何不做…</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>另有 {count} 项</translation>
  </message>
 </context>
 <context>
  <name>differential</name>
  <message>
   <source>+ {count}</source>
   <translation>+ {count}</translation>
  </message>
  <message>
   <source>against: {grounds}</source>
   <translation>不支持：{grounds}</translation>
  </message>
  <message>
   <source>diagnosed less often in this clinic than expected</source>
   <translation>在本诊所比预期更少见</translation>
  </message>
  <message>
   <source>diagnosed more often in this clinic than expected</source>
   <translation>在本诊所比预期更常见</translation>
  </message>
  <message>
   <source>for: {grounds}</source>
   <translation>支持：{grounds}</translation>
  </message>
  <message>
   <source>no single finding; only how the text sounds as a whole</source>
   <translation>没有单独的表现支持，只是整段描述听起来像</translation>
  </message>
  <message>
   <source>no {finding}</source>
   <translation>无{finding}</translation>
  </message>
  <message>
   <source>not yet known: {findings}</source>
   <translation>尚不清楚：{findings}</translation>
  </message>
  <message>
   <source>nothing that was said; only how common it is</source>
   <translation>没有已说出的依据，只凭其常见程度</translation>
  </message>
  <message>
   <source>the text as a whole also speaks for it: {percent} % of the weight</source>
   <translation>整段话读来也支持它：占权重的 {percent} %</translation>
  </message>
  <message>
   <source>the text as a whole speaks against it: {percent} % of the weight</source>
   <translation>整段话读来不支持它：占权重的 {percent} %</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
 </context>
 <context>
  <name>encounter</name>
  <message>
   <source>Draft kept.</source>
   <translation>草稿已保留。</translation>
  </message>
  <message>
   <source>F1 help   F2 correct   F3 text   F4 measurements   F6 questions   F7 list   F8 diagnosis   F9 hide list   F10 danger</source>
   <translation>F1 帮助   F2 更正   F3 文字   F4 测量   F6 提问   F7 列表   F8 诊断   F9 收起列表   F10 危险</translation>
  </message>
  <message>
   <source>In their words, English or Chinese: what, since when, how bad, what there is not.</source>
   <translation>用患者自己的话，中文或英文：哪里不舒服、从何时起、多严重、没有什么。</translation>
  </message>
  <message>
   <source>Not saved yet; a draft is kept by itself.</source>
   <translation>尚未保存；草稿会自动保留。</translation>
  </message>
  <message>
   <source>Save  Ctrl+S</source>
   <translation>保存  Ctrl+S</translation>
  </message>
  <message>
   <source>Saved without the measurements that are not possible. They are marked below.</source>
   <translation>已保存，但不可能的测量值未保存。它们在下方有标记。</translation>
  </message>
  <message>
   <source>Saved.</source>
   <translation>已保存。</translation>
  </message>
  <message>
   <source>Seal  Ctrl+E</source>
   <translation>密封  Ctrl+E</translation>
  </message>
  <message>
   <source>The assessment pack is being opened; advice comes in a moment. You can write already.</source>
   <translation>正在打开评估包，建议稍后出现。您可以先写。</translation>
  </message>
  <message>
   <source>What the patient says</source>
   <translation>患者怎么说</translation>
  </message>
 </context>
 <context>
  <name>errors</name>
  <message>
   <source>Choose for whom to seal, or type a passphrase.</source>
   <translation>请选择密封给谁，或输入密码。</translation>
  </message>
  <message>
   <source>Not enough memory is free for a passphrase. Close other programs, or seal for a contact.</source>
   <translation>可用内存不足，无法使用密码。请关闭其他程序，或密封给联系人。</translation>
  </message>
  <message>
   <source>Please give a name of one line.</source>
   <translation>请填写一行以内的名称。</translation>
  </message>
  <message>
   <source>Please give a name.</source>
   <translation>请填写姓名。</translation>
  </message>
  <message>
   <source>Something is already in that place; nothing was overwritten.</source>
   <translation>该位置已有内容；没有覆盖任何东西。</translation>
  </message>
  <message>
   <source>That age is not possible: from 0 to 125 years.</source>
   <translation>年龄不可能：应在 0 至 125 岁之间。</translation>
  </message>
  <message>
   <source>That did not work ({kind}). What you wrote is still here; try again.</source>
   <translation>未能完成（{kind}）。您写的内容仍在这里；请再试一次。</translation>
  </message>
  <message>
   <source>That file is not there or cannot be read.</source>
   <translation>该文件不存在或无法读取。</translation>
  </message>
  <message>
   <source>That folder cannot be written; nothing was written.</source>
   <translation>该文件夹无法写入；没有写入任何内容。</translation>
  </message>
  <message>
   <source>That is not a key of a recipient. It begins with age1.</source>
   <translation>这不是接收者的密钥。密钥以 age1 开头。</translation>
  </message>
  <message>
   <source>That is not a signing key: it has 64 letters and digits.</source>
   <translation>这不是签名密钥：签名密钥有 64 个字母和数字。</translation>
  </message>
  <message>
   <source>That is too long to be kept; please shorten it.</source>
   <translation>太长，无法保存；请缩短。</translation>
  </message>
  <message>
   <source>The assessment pack is damaged, so there is no advice. Records work as always.</source>
   <translation>评估包已损坏，因此没有建议。记录照常可用。</translation>
  </message>
  <message>
   <source>The assessment pack is missing, so there is no advice. Records work as always.</source>
   <translation>缺少评估包，因此没有建议。记录照常可用。</translation>
  </message>
  <message>
   <source>The assessment pack needs a newer Barefoot, so there is no advice. Records work as always.</source>
   <translation>评估包需要更新版本的 Barefoot，因此没有建议。记录照常可用。</translation>
  </message>
  <message>
   <source>The birth date lies in the future.</source>
   <translation>出生日期在将来。</translation>
  </message>
  <message>
   <source>The disk cannot be written, so nothing was saved. Your text is still here.</source>
   <translation>磁盘无法写入，没有保存。您的文字仍在这里。</translation>
  </message>
  <message>
   <source>The disk is full, so nothing was saved. Free some space and save again; your text is still here.</source>
   <translation>磁盘已满，没有保存。请腾出空间后再保存；您的文字仍在这里。</translation>
  </message>
  <message>
   <source>The disk is full; nothing was written.</source>
   <translation>磁盘已满；没有写入任何内容。</translation>
  </message>
  <message>
   <source>The keys of your clinic are damaged. A backup may be needed.</source>
   <translation>您诊所的密钥已损坏。可能需要备份。</translation>
  </message>
  <message>
   <source>The passphrase is too short.</source>
   <translation>密码太短。</translation>
  </message>
  <message>
   <source>The recovery key is mistyped, or belongs to another vault.</source>
   <translation>恢复密钥输入有误，或属于另一个保险库。</translation>
  </message>
  <message>
   <source>The signature of this case file is wrong. Nothing was unpacked.</source>
   <translation>这份病例文件的签名不对。没有解包任何内容。</translation>
  </message>
  <message>
   <source>The text holds damaged characters; what was there before is kept.</source>
   <translation>文字含有损坏的字符；原有内容已保留。</translation>
  </message>
  <message>
   <source>The text is too long; what was there before is kept.</source>
   <translation>文字太长；原有内容已保留。</translation>
  </message>
  <message>
   <source>The upper blood pressure must be higher than the lower one.</source>
   <translation>收缩压必须高于舒张压。</translation>
  </message>
  <message>
   <source>The vault is damaged. It is not your passphrase: a backup may be needed.</source>
   <translation>保险库已损坏。不是密码的问题：可能需要备份。</translation>
  </message>
  <message>
   <source>The vault is open in another window or program; close it there first.</source>
   <translation>保险库已在另一个窗口或程序中打开；请先在那里关闭。</translation>
  </message>
  <message>
   <source>The vault was written by a newer version of Barefoot.</source>
   <translation>保险库由更新版本的 Barefoot 写成。</translation>
  </message>
  <message>
   <source>There are signs in it that cannot be kept.</source>
   <translation>其中含有无法保存的符号。</translation>
  </message>
  <message>
   <source>There is a contact with this name or key already.</source>
   <translation>已有同名或同密钥的联系人。</translation>
  </message>
  <message>
   <source>There is no advice for this visit. The record works as always.</source>
   <translation>本次就诊没有建议。记录照常可用。</translation>
  </message>
  <message>
   <source>There is no vault of Barefoot here, or it is another kind of file.</source>
   <translation>这里没有 Barefoot 的保险库，或是别的类型的文件。</translation>
  </message>
  <message>
   <source>This case file is sealed for keys; a passphrase does not open it.</source>
   <translation>这份病例文件是用密钥密封的；密码打不开它。</translation>
  </message>
  <message>
   <source>This case file is sealed with a passphrase. Type it and open again.</source>
   <translation>这份病例文件用密码密封。请输入密码后再打开。</translation>
  </message>
  <message>
   <source>This case file is signed by a clinic that is not in your contacts.</source>
   <translation>签署这份病例文件的诊所不在您的联系人中。</translation>
  </message>
  <message>
   <source>This case file was cut short on its way. Ask for it again.</source>
   <translation>这份病例文件传送时被截断。请对方重发。</translation>
  </message>
  <message>
   <source>This case file was damaged or changed on its way. Ask for it again.</source>
   <translation>这份病例文件在途中损坏或被改动。请对方重发。</translation>
  </message>
  <message>
   <source>This case file was made by a newer version of Barefoot.</source>
   <translation>这份病例文件由更新版本的 Barefoot 制作。</translation>
  </message>
  <message>
   <source>This case file was sealed for someone else; your keys do not open it.</source>
   <translation>这份病例文件是密封给别人的；您的密钥打不开。</translation>
  </message>
  <message>
   <source>This computer's processor is too old to give advice. Records work as always.</source>
   <translation>这台电脑的处理器太旧，无法给出建议。记录照常可用。</translation>
  </message>
  <message>
   <source>This is not a case file of Barefoot.</source>
   <translation>这不是 Barefoot 的病例文件。</translation>
  </message>
  <message>
   <source>This passphrase does not open the case file.</source>
   <translation>此密码打不开这份病例文件。</translation>
  </message>
  <message>
   <source>This passphrase does not open the vault.</source>
   <translation>此密码打不开保险库。</translation>
  </message>
  <message>
   <source>This passphrase is too easy: at least 10 characters, several words are best.</source>
   <translation>此密码太简单：至少 10 个字符，最好用几个词。</translation>
  </message>
  <message>
   <source>This record is not in the vault.</source>
   <translation>保险库中没有这份记录。</translation>
  </message>
  <message>
   <source>This record was changed elsewhere since you opened it; nothing was overwritten.</source>
   <translation>打开之后，这份记录已在别处被修改；没有覆盖任何东西。</translation>
  </message>
  <message>
   <source>Too many wrong passphrases. Wait {seconds} s before the next try.</source>
   <translation>密码错误次数过多。请等待 {seconds} 秒后再试。</translation>
  </message>
  <message>
   <source>Write a few words why not.</source>
   <translation>请简单写明为何不做。</translation>
  </message>
  <message>
   <source>Your clinic has its keys already; they are kept.</source>
   <translation>您的诊所已有密钥；原密钥已保留。</translation>
  </message>
  <message>
   <source>Your clinic has no keys yet. Make them first, on the page Sealed.</source>
   <translation>您的诊所还没有密钥。请先在“密封”页生成。</translation>
  </message>
  <message>
   <source>{message} ({code})</source>
   <translation>{message}（{code}）</translation>
  </message>
 </context>
 <context>
  <name>first_run</name>
  <message>
   <source>Barefoot is an aid for trained health workers. It is not a registered medical device, and no clinician has reviewed its knowledge.</source>
   <translation>Barefoot 是给受过培训的卫生人员的辅助工具。它不是注册的医疗器械，其知识尚未经任何临床医生审阅。</translation>
  </message>
  <message>
   <source>Create the vault</source>
   <translation>建立保险库</translation>
  </message>
  <message>
   <source>Creating the vault…</source>
   <translation>正在建立保险库…</translation>
  </message>
  <message>
   <source>Everything you record stays on this computer, encrypted. Nothing is ever sent. Choose a passphrase to begin.</source>
   <translation>您记录的一切都加密保存在这台电脑上，绝不外传。请设定密码，然后开始。</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>密码</translation>
  </message>
  <message>
   <source>The same again</source>
   <translation>再输入一次</translation>
  </message>
  <message>
   <source>The two entries differ.</source>
   <translation>两次输入不一致。</translation>
  </message>
  <message>
   <source>Welcome to Barefoot</source>
   <translation>欢迎使用 Barefoot</translation>
  </message>
  <message>
   <source>Your name, as it stands under what you record</source>
   <translation>您的姓名，会署在您的记录下方</translation>
  </message>
 </context>
 <context>
  <name>help</name>
  <message>
   <source>Add a finding by name</source>
   <translation>按名称添加表现</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Danger sign: say that it is done, or why not</source>
   <translation>危险征象：说明已处理，或为何不做</translation>
  </message>
  <message>
   <source>Findings: Enter confirms, Space corrects, Delete strikes out</source>
   <translation>表现：回车确认，空格更正，Delete 划掉</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>锁定</translation>
  </message>
  <message>
   <source>Measurements; they are read when the field is left</source>
   <translation>测量；离开输入框时读取</translation>
  </message>
  <message>
   <source>My diagnosis</source>
   <translation>我的诊断</translation>
  </message>
  <message>
   <source>New visit; on the page of patients: new patient</source>
   <translation>新就诊；在患者页：新患者</translation>
  </message>
  <message>
   <source>Questions: y, n or ? answers</source>
   <translation>提问：用 y、n 或 ? 回答</translation>
  </message>
  <message>
   <source>Save the visit</source>
   <translation>保存就诊</translation>
  </message>
  <message>
   <source>Save, and seal it for someone</source>
   <translation>保存并密封给他人</translation>
  </message>
  <message>
   <source>Send the list away, or bring it back</source>
   <translation>收起或重新显示列表</translation>
  </message>
  <message>
   <source>The numbers behind the list</source>
   <translation>列表背后的数字</translation>
  </message>
  <message>
   <source>The open visit</source>
   <translation>打开的就诊</translation>
  </message>
  <message>
   <source>Today, Patients, Sealed, Knowledge</source>
   <translation>今日、患者、密封、知识</translation>
  </message>
  <message>
   <source>What it could be: the words light up in the text</source>
   <translation>可能是什么：相关文字会亮起</translation>
  </message>
  <message>
   <source>What the patient says</source>
   <translation>患者怎么说</translation>
  </message>
 </context>
 <context>
  <name>knowledge</name>
  <message>
   <source>A condition in English or Chinese, or an ICD-10 code</source>
   <translation>疾病的中文或英文名称，或 ICD-10 编码</translation>
  </message>
  <message>
   <source>Assessment pack {version}</source>
   <translation>评估包 {version}</translation>
  </message>
  <message>
   <source>Condition</source>
   <translation>疾病</translation>
  </message>
  <message>
   <source>ICD-10</source>
   <translation>ICD-10</translation>
  </message>
  <message>
   <source>In the other language</source>
   <translation>另一种语言</translation>
  </message>
  <message>
   <source>Knowledge</source>
   <translation>知识</translation>
  </message>
  <message>
   <source>The assessment pack is being opened…</source>
   <translation>正在打开评估包…</translation>
  </message>
  <message>
   <source>The program knows no condition of this name: it can never suggest it.</source>
   <translation>程序不知道这个名称的疾病：它永远不会提示这种病。</translation>
  </message>
  <message>
   <source>Type a name or a code to see whether the program knows the condition.</source>
   <translation>输入名称或编码，看看程序是否知道这种疾病。</translation>
  </message>
 </context>
 <context>
  <name>learning</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Forget, begin anew</source>
   <translation>清除，重新开始</translation>
  </message>
  <message>
   <source>Learning from this clinic</source>
   <translation>从本诊所学习</translation>
  </message>
  <message>
   <source>Let our own diagnoses move the list</source>
   <translation>让本诊所的诊断影响列表顺序</translation>
  </message>
  <message>
   <source>New diagnoses count from the next unlocking on.</source>
   <translation>新的诊断从下次解锁起计入。</translation>
  </message>
  <message>
   <source>No diagnosis was chosen from the list yet.</source>
   <translation>还没有从列表中选择过诊断。</translation>
  </message>
  <message>
   <source>Patients diagnosed since learning began: {count}</source>
   <translation>开始学习以来诊断的患者数：{count}</translation>
  </message>
  <message>
   <source>The diagnoses that you choose from the list say how often each illness is met here. Switched on, they move the order of the list a little, never by more than a factor of two, and only once thirty diagnoses are there. How urgent a case is and what must not be missed stay as they are. Nothing leaves this computer.</source>
   <translation>您从列表中选择的诊断说明各种疾病在本诊所的常见程度。开启后，满三十个诊断才会略微影响列表的顺序，影响不超过两倍。病情的紧急程度和不可漏诊的疾病不受影响。任何内容都不会离开这台电脑。</translation>
  </message>
  <message>
   <source>{count} × {name}</source>
   <translation>{count} × {name}</translation>
  </message>
 </context>
 <context>
  <name>measurements</name>
  <message>
   <source>Awake</source>
   <translation>意识</translation>
  </message>
  <message>
   <source>BP</source>
   <translation>血压</translation>
  </message>
  <message>
   <source>Breaths</source>
   <translation>呼吸</translation>
  </message>
  <message>
   <source>MUAC</source>
   <translation>上臂围</translation>
  </message>
  <message>
   <source>No</source>
   <translation>否</translation>
  </message>
  <message>
   <source>Pregnant</source>
   <translation>妊娠</translation>
  </message>
  <message>
   <source>Pulse</source>
   <translation>脉搏</translation>
  </message>
  <message>
   <source>SpO₂</source>
   <translation>血氧</translation>
  </message>
  <message>
   <source>Temp</source>
   <translation>体温</translation>
  </message>
  <message>
   <source>Weight</source>
   <translation>体重</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>–</source>
   <translation>–</translation>
  </message>
 </context>
 <context>
  <name>measuring</name>
  <message>
   <source>Not possible: {low} to {high} {unit}.</source>
   <translation>不可能：应为 {low} 至 {high} {unit}。</translation>
  </message>
  <message>
   <source>The upper value comes first, like 110/70.</source>
   <translation>先写收缩压，如 110/70。</translation>
  </message>
  <message>
   <source>Type a number in {unit}.</source>
   <translation>请输入数字，单位 {unit}。</translation>
  </message>
  <message>
   <source>Type both values, like 110/70.</source>
   <translation>请输入两个数值，如 110/70。</translation>
  </message>
  <message>
   <source>usual {low}–{high}</source>
   <translation>通常 {low}–{high}</translation>
  </message>
  <message>
   <source>{value} {unit} is rare. Is it right?</source>
   <translation>{value} {unit} 很少见。对吗？</translation>
  </message>
 </context>
 <context>
  <name>open_sealed</name>
  <message>
   <source>Choose the file, and a folder to unpack it into.</source>
   <translation>请选择文件，以及解包到哪个文件夹。</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>Open a case file</source>
   <translation>打开病例文件</translation>
  </message>
  <message>
   <source>Open anyway</source>
   <translation>仍然打开</translation>
  </message>
  <message>
   <source>Opened. It says that {name} sealed it; nobody has checked that. It lies in {path}.</source>
   <translation>已打开。文件自称由 {name} 密封，但无人核实。位于 {path}。</translation>
  </message>
  <message>
   <source>Opened. Sealed by your own clinic. It lies in {path}.</source>
   <translation>已打开。由您自己的诊所密封。位于 {path}。</translation>
  </message>
  <message>
   <source>Opened. Sealed by {name}, one of your contacts. It lies in {path}.</source>
   <translation>已打开。由您的联系人 {name} 密封。位于 {path}。</translation>
  </message>
  <message>
   <source>Opening…</source>
   <translation>正在打开…</translation>
  </message>
  <message>
   <source>Passphrase, if it was sealed with one</source>
   <translation>密码（若用密码密封）</translation>
  </message>
  <message>
   <source>Show the summary</source>
   <translation>显示摘要</translation>
  </message>
  <message>
   <source>Signed by a clinic that is not among your contacts. Its fingerprint: {fingerprint}. Compare it by voice before you trust it.</source>
   <translation>签署的诊所不在您的联系人中。其指纹：{fingerprint}。请先通过电话核对再信任。</translation>
  </message>
  <message>
   <source>Unpack into</source>
   <translation>解包到</translation>
  </message>
  <message>
   <source>What is unpacked is no longer encrypted. Delete the folder when you have read it.</source>
   <translation>解包后的内容不再加密。读完后请删除该文件夹。</translation>
  </message>
 </context>
 <context>
  <name>path_line</name>
  <message>
   <source>Browse…</source>
   <translation>浏览…</translation>
  </message>
 </context>
 <context>
  <name>patient_card</name>
  <message>
   <source>Age</source>
   <translation>年龄</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>修改</translation>
  </message>
  <message>
   <source>Day</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>Diagnosis</source>
   <translation>诊断</translation>
  </message>
  <message>
   <source>New visit</source>
   <translation>新就诊</translation>
  </message>
  <message>
   <source>No visit yet.</source>
   <translation>还没有就诊记录。</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>事由</translation>
  </message>
  <message>
   <source>Visits</source>
   <translation>就诊记录</translation>
  </message>
 </context>
 <context>
  <name>patient_form</name>
  <message>
   <source>1990-05-31, or 34, 8 months, 10 days</source>
   <translation>1990-05-31，或 34、8个月、10天</translation>
  </message>
  <message>
   <source>Allergies</source>
   <translation>过敏</translation>
  </message>
  <message>
   <source>Birth date or age</source>
   <translation>出生日期或年龄</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Change patient</source>
   <translation>修改患者</translation>
  </message>
  <message>
   <source>Medicines</source>
   <translation>用药</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>姓名</translation>
  </message>
  <message>
   <source>New patient</source>
   <translation>新患者</translation>
  </message>
  <message>
   <source>Not given</source>
   <translation>未填</translation>
  </message>
  <message>
   <source>Number here</source>
   <translation>本地编号</translation>
  </message>
  <message>
   <source>Parted by commas, a remark in brackets</source>
   <translation>用逗号分隔，备注写在括号里</translation>
  </message>
  <message>
   <source>Phone</source>
   <translation>电话</translation>
  </message>
  <message>
   <source>Problems</source>
   <translation>既往疾病</translation>
  </message>
  <message>
   <source>Save patient  Ctrl+S</source>
   <translation>保存患者  Ctrl+S</translation>
  </message>
  <message>
   <source>Sex</source>
   <translation>性别</translation>
  </message>
  <message>
   <source>Village</source>
   <translation>村庄</translation>
  </message>
 </context>
 <context>
  <name>patients</name>
  <message>
   <source>Age</source>
   <translation>年龄</translation>
  </message>
  <message>
   <source>Choose a patient on the left to see what is recorded.</source>
   <translation>在左侧选择患者，查看已有记录。</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>姓名</translation>
  </message>
  <message>
   <source>Name, village, phone or number</source>
   <translation>姓名、村庄、电话或编号</translation>
  </message>
  <message>
   <source>New patient  Ctrl+N</source>
   <translation>新患者  Ctrl+N</translation>
  </message>
  <message>
   <source>No patient yet. Press Ctrl+N to add the first one.</source>
   <translation>还没有患者。按 Ctrl+N 添加第一位。</translation>
  </message>
  <message>
   <source>Nobody is found. Try fewer letters, or add a new patient.</source>
   <translation>没有找到。请少输几个字，或添加新患者。</translation>
  </message>
  <message>
   <source>Patients</source>
   <translation>患者</translation>
  </message>
  <message>
   <source>Perhaps the same person: {names}. Save again to keep both.</source>
   <translation>可能是同一人：{names}。再按一次保存则两者都保留。</translation>
  </message>
  <message>
   <source>Sex</source>
   <translation>性别</translation>
  </message>
  <message>
   <source>Village</source>
   <translation>村庄</translation>
  </message>
 </context>
 <context>
  <name>people</name>
  <message>
   <source>F</source>
   <translation>女</translation>
  </message>
  <message>
   <source>M</source>
   <translation>男</translation>
  </message>
  <message>
   <source>Type a birth date like 1990-05-31, or an age like 34, 8 months, 10 days.</source>
   <translation>请输入出生日期，如 1990-05-31，或年龄，如 34、8个月、10天。</translation>
  </message>
  <message>
   <source>Write what is known, or choose that none is known.</source>
   <translation>请写下已知内容，或选择“无已知”。</translation>
  </message>
  <message>
   <source>allergies not asked</source>
   <translation>未问过敏</translation>
  </message>
  <message>
   <source>allergy: {items}</source>
   <translation>过敏：{items}</translation>
  </message>
  <message>
   <source>no known allergy</source>
   <translation>无已知过敏</translation>
  </message>
 </context>
 <context>
  <name>picker</name>
  <message>
   <source>Add a finding</source>
   <translation>添加表现</translation>
  </message>
  <message>
   <source>No finding has this name. Choose one of the list, or write it in the text.</source>
   <translation>没有这个名称的表现。请从列表中选择，或写在文字里。</translation>
  </message>
  <message>
   <source>Type a few letters, in English or Chinese, then choose with ↓ and Enter.</source>
   <translation>输入几个字（中文或英文），再用 ↓ 和回车选择。</translation>
  </message>
  <message>
   <source>Which finding was meant?</source>
   <translation>指的是哪种表现？</translation>
  </message>
 </context>
 <context>
  <name>questions</name>
  <message>
   <source>?</source>
   <translation>?</translation>
  </message>
  <message>
   <source>Examine: {ask}</source>
   <translation>检查：{ask}</translation>
  </message>
  <message>
   <source>Measure: {ask}</source>
   <translation>测量：{ask}</translation>
  </message>
  <message>
   <source>No</source>
   <translation>否</translation>
  </message>
  <message>
   <source>Test: {ask}</source>
   <translation>化验：{ask}</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>y yes, n no, ? asked and not known</source>
   <translation>y 是，n 否，? 问过但不清楚</translation>
  </message>
 </context>
 <context>
  <name>recovery</name>
  <message>
   <source>Continue</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>It opens the records if the passphrase is forgotten. It is shown only now. Keep it on paper, away from this computer: whoever has it can read everything.</source>
   <translation>忘记密码时，用它打开记录。它只在此刻显示。请抄在纸上，放在远离这台电脑的地方：拿到它的人可以读到一切。</translation>
  </message>
  <message>
   <source>That is not the last group. Please compare with the key above.</source>
   <translation>不是最后一组。请与上方的密钥核对。</translation>
  </message>
  <message>
   <source>Type the last group, to show that you wrote it down</source>
   <translation>输入最后一组，以示您已抄下</translation>
  </message>
  <message>
   <source>Write down your recovery key</source>
   <translation>请抄下您的恢复密钥</translation>
  </message>
 </context>
 <context>
  <name>removable</name>
  <message>
   <source>Delete takes it away</source>
   <translation>按 Delete 移除</translation>
  </message>
 </context>
 <context>
  <name>seal</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>For these contacts</source>
   <translation>给这些联系人</translation>
  </message>
  <message>
   <source>Name of your clinic, as the receiver reads it (its keys are made now)</source>
   <translation>您诊所的名称，接收者会看到（此时生成其密钥）</translation>
  </message>
  <message>
   <source>No contact yet. Add one on the page Sealed, or use a passphrase.</source>
   <translation>还没有联系人。请在“密封”页添加，或使用密码。</translation>
  </message>
  <message>
   <source>Or with a passphrase that you tell the receiver by another way</source>
   <translation>或用密码，通过其他途径告诉接收者</translation>
  </message>
  <message>
   <source>Say where to write the file.</source>
   <translation>请说明文件写到哪里。</translation>
  </message>
  <message>
   <source>Seal</source>
   <translation>密封</translation>
  </message>
  <message>
   <source>Seal this visit</source>
   <translation>密封本次就诊</translation>
  </message>
  <message>
   <source>Sealed: {path} ({size} kB). Check sum {sha}.</source>
   <translation>已密封：{path}（{size} kB）。校验和 {sha}。</translation>
  </message>
  <message>
   <source>Sealing…</source>
   <translation>正在密封…</translation>
  </message>
  <message>
   <source>The file holds the whole visit. Only those whom you choose can open it; it is signed with your clinic's key.</source>
   <translation>文件包含整个就诊记录。只有您选定的人能打开；它带有您诊所密钥的签名。</translation>
  </message>
  <message>
   <source>The same again</source>
   <translation>再输入一次</translation>
  </message>
  <message>
   <source>The two entries of the passphrase differ.</source>
   <translation>两次输入的密码不一致。</translation>
  </message>
  <message>
   <source>Write the file to</source>
   <translation>文件写到</translation>
  </message>
 </context>
 <context>
  <name>sealed</name>
  <message>
   <source>Add contact</source>
   <translation>添加联系人</translation>
  </message>
  <message>
   <source>Contacts</source>
   <translation>联系人</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Give these two lines to those who seal for you, and compare them by voice.</source>
   <translation>把这两行交给要为您密封的人，并通过电话核对。</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>密钥</translation>
  </message>
  <message>
   <source>Key (age1…)</source>
   <translation>密钥 (age1…)</translation>
  </message>
  <message>
   <source>Make the keys</source>
   <translation>生成密钥</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Name of your clinic</source>
   <translation>诊所名称</translation>
  </message>
  <message>
   <source>No contact yet. Add a hospital or colleague below, with the key that they gave you.</source>
   <translation>还没有联系人。请在下方添加医院或同行，填入对方给您的密钥。</translation>
  </message>
  <message>
   <source>Sealed case files</source>
   <translation>密封的病例文件</translation>
  </message>
  <message>
   <source>Signature checked</source>
   <translation>核验签名</translation>
  </message>
  <message>
   <source>Signing key (optional)</source>
   <translation>签名密钥（可选）</translation>
  </message>
  <message>
   <source>To seal a visit, open it and press Ctrl+E.</source>
   <translation>要密封某次就诊，请打开它并按 Ctrl+E。</translation>
  </message>
  <message>
   <source>Your clinic</source>
   <translation>您的诊所</translation>
  </message>
  <message>
   <source>Your clinic has no keys yet. Name it to make them; others then can seal files for you.</source>
   <translation>您的诊所还没有密钥。请命名后生成；之后别人就能为您密封文件。</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
 </context>
 <context>
  <name>shell</name>
  <message>
   <source>{who} · {allergies}</source>
   <translation>{who} · {allergies}</translation>
  </message>
 </context>
 <context>
  <name>tests</name>
  <message>
   <source>Delete removes this result</source>
   <translation>按 Delete 移除该结果</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>Test…</source>
   <translation>化验…</translation>
  </message>
  <message>
   <source>Type a number.</source>
   <translation>请输入数字。</translation>
  </message>
 </context>
 <context>
  <name>text</name>
  <message>
   <source>That would make {count} characters; at most {limit} can be kept here. Nothing was inserted.</source>
   <translation>那样会有 {count} 个字符；这里最多可存 {limit} 个。没有插入任何内容。</translation>
  </message>
  <message>
   <source>{count} invisible control characters were left out of what was pasted.</source>
   <translation>粘贴的内容中有 {count} 个不可见的控制字符，已略去。</translation>
  </message>
 </context>
 <context>
  <name>today</name>
  <message>
   <source>Age</source>
   <translation>年龄</translation>
  </message>
  <message>
   <source>Diagnosis</source>
   <translation>诊断</translation>
  </message>
  <message>
   <source>New visit  Ctrl+N</source>
   <translation>新就诊  Ctrl+N</translation>
  </message>
  <message>
   <source>No visit yet today. Press Ctrl+N, choose the patient or add a new one, and begin.</source>
   <translation>今天还没有就诊。按 Ctrl+N，选择或添加患者，然后开始。</translation>
  </message>
  <message>
   <source>Patient</source>
   <translation>患者</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>事由</translation>
  </message>
  <message>
   <source>Sex</source>
   <translation>性别</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今日</translation>
  </message>
  <message>
   <source>saved</source>
   <translation>已保存</translation>
  </message>
  <message>
   <source>unfinished</source>
   <translation>未完成</translation>
  </message>
 </context>
 <context>
  <name>unlock</name>
  <message>
   <source>I forgot the passphrase</source>
   <translation>忘记密码</translation>
  </message>
  <message>
   <source>I know the passphrase</source>
   <translation>我知道密码</translation>
  </message>
  <message>
   <source>Locked. Unfinished visits were kept as drafts.</source>
   <translation>已锁定。未完成的就诊已存为草稿。</translation>
  </message>
  <message>
   <source>New passphrase</source>
   <translation>新密码</translation>
  </message>
  <message>
   <source>Open and set the new passphrase</source>
   <translation>打开并设定新密码</translation>
  </message>
  <message>
   <source>Opening…</source>
   <translation>正在打开…</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>密码</translation>
  </message>
  <message>
   <source>Recovery key, nine groups of four</source>
   <translation>恢复密钥，九组，每组四位</translation>
  </message>
  <message>
   <source>The same again</source>
   <translation>再输入一次</translation>
  </message>
  <message>
   <source>The two entries differ.</source>
   <translation>两次输入不一致。</translation>
  </message>
  <message>
   <source>Too many wrong passphrases. The next try is possible in {seconds} s.</source>
   <translation>密码错误次数过多。{seconds} 秒后可以再试。</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>解锁</translation>
  </message>
  <message>
   <source>Unlock the records</source>
   <translation>解锁记录</translation>
  </message>
 </context>
 <context>
  <name>why_not</name>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>Barefoot knows no condition of this name, so it can never suggest it.</source>
   <translation>本程序不认识这个名称的疾病，永远不会提示它。</translation>
  </message>
  <message>
   <source>For: {findings}</source>
   <translation>支持：{findings}</translation>
  </message>
  <message>
   <source>It would rise with: {findings}</source>
   <translation>若有以下情况则会上升：{findings}</translation>
  </message>
  <message>
   <source>Name a condition; choose it with ↓ and Enter.</source>
   <translation>输入疾病名称，用 ↓ 和回车选择。</translation>
  </message>
  <message>
   <source>Why not …?</source>
   <translation>为什么不是……？</translation>
  </message>
  <message>
   <source>{finding} (place {place})</source>
   <translation>{finding}（升至第{place}位）</translation>
  </message>
  <message>
   <source>{label}: not on the list</source>
   <translation>{label}：不在列表中</translation>
  </message>
  <message>
   <source>{label}: place {place} of the list</source>
   <translation>{label}：列表第{place}位</translation>
  </message>
 </context>
 <context>
  <name>words</name>
  <message>
   <source>+ {finding}</source>
   <translation>+ {finding}</translation>
  </message>
  <message>
   <source>? {finding}</source>
   <translation>? {finding}</translation>
  </message>
  <message>
   <source>Absent</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Alert</source>
   <translation>清醒</translation>
  </message>
  <message>
   <source>Care at home may do</source>
   <translation>可居家照护</translation>
  </message>
  <message>
   <source>Certificate</source>
   <translation>证明</translation>
  </message>
  <message>
   <source>Complaint</source>
   <translation>主诉就诊</translation>
  </message>
  <message>
   <source>Confused</source>
   <translation>意识模糊</translation>
  </message>
  <message>
   <source>Dressing</source>
   <translation>换药</translation>
  </message>
  <message>
   <source>Emergency: act now</source>
   <translation>急症：立即处理</translation>
  </message>
  <message>
   <source>Female</source>
   <translation>女</translation>
  </message>
  <message>
   <source>In the family</source>
   <translation>家族</translation>
  </message>
  <message>
   <source>In the past</source>
   <translation>既往</translation>
  </message>
  <message>
   <source>Known</source>
   <translation>已知</translation>
  </message>
  <message>
   <source>Male</source>
   <translation>男</translation>
  </message>
  <message>
   <source>None known</source>
   <translation>无已知</translation>
  </message>
  <message>
   <source>Not asked</source>
   <translation>未询问</translation>
  </message>
  <message>
   <source>Only if it happens</source>
   <translation>仅假设</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Possible</source>
   <translation>可能</translation>
  </message>
  <message>
   <source>Present</source>
   <translation>有</translation>
  </message>
  <message>
   <source>Repeat prescription</source>
   <translation>续方</translation>
  </message>
  <message>
   <source>Responds to pain</source>
   <translation>对疼痛有反应</translation>
  </message>
  <message>
   <source>Responds to voice</source>
   <translation>对声音有反应</translation>
  </message>
  <message>
   <source>Routine</source>
   <translation>常规</translation>
  </message>
  <message>
   <source>Unresponsive</source>
   <translation>无反应</translation>
  </message>
  <message>
   <source>Urgent: today</source>
   <translation>紧急：今天处理</translation>
  </message>
  <message>
   <source>family: {finding}</source>
   <translation>家族：{finding}</translation>
  </message>
  <message>
   <source>if: {finding}</source>
   <translation>若：{finding}</translation>
  </message>
  <message>
   <source>invalid</source>
   <translation>无效</translation>
  </message>
  <message>
   <source>likely</source>
   <translation>很可能</translation>
  </message>
  <message>
   <source>negative</source>
   <translation>阴性</translation>
  </message>
  <message>
   <source>not excluded</source>
   <translation>不能排除</translation>
  </message>
  <message>
   <source>not reactive</source>
   <translation>无反应</translation>
  </message>
  <message>
   <source>past: {finding}</source>
   <translation>既往：{finding}</translation>
  </message>
  <message>
   <source>positive</source>
   <translation>阳性</translation>
  </message>
  <message>
   <source>possible</source>
   <translation>可能</translation>
  </message>
  <message>
   <source>reactive</source>
   <translation>有反应</translation>
  </message>
  <message>
   <source>trace</source>
   <translation>微量</translation>
  </message>
  <message>
   <source>– {finding}</source>
   <translation>– {finding}</translation>
  </message>
 </context>
</TS>
