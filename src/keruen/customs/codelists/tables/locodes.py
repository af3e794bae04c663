"""UN/LOCODE of the region, after github.com/uncefact/vocab-locode (MIT, UN/CEFACT). Made by scripts/derive_codelists; do not edit."""

ROWS = """\
code|name_en
AFASH|Ali Shirzayi
AFBAG|Bagram
AFBEP|Bazar-E-Panjwai
AFBIN|Bamian
AFBST|Bost
AFCBN|Camp Bastion
AFCCN|Chaghcharan
AFCDW|Camp Dwyer
AFCLN|Camp Leatherneck
AFCSO|Camp Salerno
AFCWO|Camp Wolverine
AFDAZ|Darwaz
AFDHD|Dehdadi
AFFAH|Farah
AFFBD|Faizabad
AFFRO|FOB Frontenac
AFGAR|Gardiz
AFGRG|Gardez
AFGZI|Ghazni
AFHEA|Herat
AFHRT|Hairatan
AFIMZ|Nimroz
AFISQ|Eslam Qal'eh
AFJAA|Jalalabad
AFKBL|Kabul
AFKDH|Kandahar
AFKHO|Khowst
AFKHT|Khost
AFKMU|Kamu
AFKUR|Kuran-O-Munjan
AFKWH|Khwahan
AFKWT|Khowst
AFLAG|Lashkar Gah
AFLQN|Qala Nau
AFMAS|Mashad
AFMEH|Mehtar Lam
AFMEY|Meydan
AFMMZ|Maimana
AFMWD|Maiwand
AFMZR|Mazar-i-Sharif
AFORG|Orgun-E Kalan
AFPEC|Pol-e Charkhi
AFPSD|Pasaband
AFQAM|Qasim
AFQLT|Qalat
AFQYN|Qal'Eh-Ye Now
AFRKH|Torkham
AFRMD|FOB Ramrod
AFSBF|Sardeh Band
AFSBK|Spin Boldak
AFSDD|Shindand
AFSGA|Sheghnan
AFSHE|Sherhan-Bandar
AFSHK|FOB Shank
AFSRO|Sharona
AFTGH|Torghundi
AFTII|Tirinkot
AFTKO|Tarin Kowt
AFTOW|Towraghondi
AFTQN|Taluqan
AFUND|Kunduz
AFURN|Urgoon
AFURZ|Uruzgan
AFZAJ|Zaranj
AFZHA|Zhari Dasht
AZABN|Agcabadi
AZAGS|Agstafa
AZALA|Alat
AZAST|Astara
AZBAK|Baku
AZDAM|Dalimammadli
AZDJU|Djulfa
AZGAN|Ganja
AZGYD|Heydar Aliyev International Apt.
AZIMI|Imisli
AZKAZ|Qazax
AZKBD|Kirovabad
AZKHA|Khanlar
AZKMZ|Khachmaz
AZKVD|Gyandzha
AZLAN|Lankaran
AZMGC|Mingechaur
AZNAJ|Naxcivan
AZQDG|Qaradag
AZQUB|Quba
AZQUS|Qusqara
AZSAM|Samaxi
AZSAN|Sangachal
AZSHI|Shirvan
AZSUM|Sumgait
AZSUQ|Sumqayit
AZSY9|Siyazan
AZTOV|Tovuz
AZXIR|Xirdalan
AZYAL|Yalama
AZZAQ|Zaqatala
CNAAT|Altay
CNACH|Lin
CNACX|Xingyi
CNAGG|Dagang
CNAHK|Aheitubieke
CNAID|Aidian
CNAIN|Huaiyin
CNAJG|Aojiang Pt
CNAKA|Ankang
CNAKL|Alatawshankou
CNAKU|Aksu
CNALI|Dali
CNANG|Huangxian
CNANH|Sanhe
CNANI|Nanpi
CNANJ|Anji
CNANN|Anning
CNANP|Anping
CNANQ|Anqiu
CNANS|Anshun
CNANT|Anting
CNAOG|Anshan Teng'ao Apt
CNAOY|Shaoyang
CNAPP|Anpu
CNAQG|Anqing
CNARS|Aershan
CNART|Arhaxat
CNASM|Asjman
CNASN|Anshan
CNASW|Aoshanwei
CNAYS|Anyang
CNBAH|Bahe
CNBAI|Baicheng
CNBAN|Baoshan
CNBAU|Baxu
CNBAZ|Bazhou
CNBBU|Bengbu
CNBCA|Binchuan
CNBCG|Baiceng
CNBCO|Bacao
CNBDG|Badong
CNBDZ|Baoding
CNBEI|Beilun
CNBGG|Bagong
CNBHE|Buhe
CNBHT|Tieshan
CNBHX|Binhai
CNBHY|Beihai
CNBIC|Beicun
CNBIH|Beihai Pt
CNBIJ|Beijiao
CNBIN|Binzhou
CNBIY|Beiyao
CNBJD|Beijingdong Railway Station
CNBJO|Beijiao
CNBJS|Beijing
CNBJX|Beijingxi Railway Station
CNBJZ|Beijing Railway Station
CNBKT|Baketu
CNBLG|Beilun Pt
CNBLI|Bali
CNBLO|Bailuo
CNBLU|Beiliu
CNBLX|Honghai Pt
CNBMJ|Baimajing
CNBOA|Boao
CNBOB|Bobai
CNBOJ|Baoji
CNBON|Bao'an
CNBOO|Boluo
CNBOS|Bose
CNBOT|Baotou
CNBOZ|Bozhou
CNBPX|Bangda
CNBQI|Baoqing
CNBRJ|Burqin
CNBSD|Baoshan Pt
CNBSE|Baise
CNBSH|Baishan
CNBSI|Baishi
CNBSP|Basuo Pt
CNBSX|Bayin
CNBUJ|Buji
CNBUR|Burang
CNBXI|Boxing
CNBXS|Benxi
CNBYA|Bayan
CNBYG|Baiyang
CNBYI|Baoying
CNBYN|Binyang
CNBYO|Bayan Obo
CNBYQ|Bayuquan
CNBYU|Baiyun
CNBZG|Bozhong
CNBZN|Beizhen
CNCAH|Changhua
CNCAN|Guangzhou Baiyun International Apt
CNCAW|Chaiwan
CNCBG|Chen Barag
CNCBI|Chibi
CNCCD|Changchun Xinglong
CNCCH|Cicheng
CNCDH|Changdianhekou
CNCDO|Changdao
CNCDU|Chengdu
CNCDZ|Chengdu Railway Station
CNCEK|Ceke
CNCEX|Cenxi
CNCFD|Caofeidian Pt
CNCFF|Suidong
CNCFG|Ulan Had
CNCFS|Chifeng
CNCGB|Changbai
CNCGC|Changchun
CNCGD|Changde
CNCGH|Chongzhou
CNCGI|Changliu
CNCGJ|Changjing
CNCGM|Chongming
CNCGN|Cangnan
CNCGO|Zhengzhou Xinzheng International Apt
CNCGP|Changbang
CNCGQ|Changchun Longjia International Apt
CNCGS|Changshu Pt
CNCGW|Cangwu
CNCGX|Cangxi
CNCGY|Cangyuan
CNCGZ|Chongzuo
CNCHA|Changle
CNCHE|Chengaogang
CNCHG|Chenghai
CNCHH|Chengcheng
CNCHI|Chizhou
CNCHN|Chang'an
CNCHO|Chang on
CNCHQ|Chongqing Pt
CNCHS|Chuanshan
CNCHU|Chaohu
CNCHX|Chengxi
CNCHY|Chaoyang Pt
CNCHZ|Chuzhou
CNCIF|Ulanhad Tuchengcity Apt
CNCIG|Chenjiagang
CNCIH|Changzhi
CNCIV|Civet / Guandong
CNCIX|Cixi
CNCJA|Congjiang
CNCJG|Caojing
CNCJI|Chengjiang
CNCJN|Chenjian
CNCJP|Chenjiaping
CNCJS|Changji
CNCKA|Chikan
CNCKG|Chongqing Jiangbei International Apt
CNCLJ|Chenglingji Pt
CNCLZ|Changjiang Lizu Zizhixian
CNCNA|Changsha
CNCNG|Chengde
CNCNH|Conghua
CNCNI|Changhai Dachangshandao Apt
CNCNT|Changtu
CNCNX|Xinxu
CNCNZ|Chenzhou
CNCON|Chaoan
CNCOZ|Chaozhou
CNCPI|Changping
CNCQD|Chongqingdong Railway Station
CNCQI|Chongqing
CNCSD|Changshadibg Railway Station
CNCSH|Changsha
CNCSJ|Changshou
CNCSL|Laiwu
CNCSO|Changshou
CNCSX|Changsha Huanghua International Apt
CNCTM|Chaotianmen
CNCTN|Cuntan
CNCTU|Chengdu Shuangliu International Apt
CNCUA|Chunhua
CNCUM|Chumen
CNCUN|Chencun
CNCUZ|Chuzhuangsi
CNCWN|Chiwan Pt
CNCXI|Chuxiong
CNCXN|Chongxing
CNCYB|Caiyuanba
CNCYH|Haimen
CNCYN|Chaoyang
CNCZH|Gud
CNCZX|Changzhou
CNCZZ|Cangzhou
CNDAA|Dagang
CNDAG|Dalian Pt
CNDAL|Dalian
CNDAN|Daan
CNDAS|Dashihuagang
CNDAT|Datong
CNDAW|Dawa
CNDAX|Daxie Pt
CNDAY|Dayawan
CNDAZ|Daze
CNDBG|Dongbang
CNDBI|Dianbai
CNDBX|Bohe
CNDCB|DA CHAN BAY
CNDCE|Dingcheng
CNDCG|Ducheng
CNDCH|Dachang
CNDCN|Dongchen
CNDDD|Dadeng I.
CNDDG|Dandong
CNDDK|Dadukou
CNDDP|Didu
CNDDW|Dongdaiwan
CNDDZ|Dandong
CNDEA|Dehua
CNDEF|Defeng
CNDEH|Dehui
CNDEI|Deqing
CNDEN|Dengta
CNDEQ|Deqing
CNDEX|Dexing
CNDEY|Deyang
CNDEZ|Dezhou
CNDFA|Dongfang
CNDFG|Dafeng
CNDFN|Dongfeng
CNDGA|Dingan
CNDGG|Dongguan
CNDGH|Dinghu
CNDGL|Dongli ,Tianjing
CNDGN|Donggang
CNDGO|Dongguo
CNDGP|Dongping
CNDGT|Dongtai
CNDGU|Donggu
CNDGX|Dingxi
CNDHA|Dehua
CNDHD|Douhudi
CNDHP|Dahuangpu
CNDHU|Danzhou
CNDIA|Digang
CNDIG|Diqing Shangri-La
CNDIZ|Dadingzi
CNDJA|Dongjiakou
CNDJG|Dongjiang Port Area
CNDJI|Dajing
CNDJK|Dongjiangkou
CNDJO|Daojiao
CNDJT|Dongjiaotou Pt
CNDKG|Dongkeng
CNDKO|Dawukou
CNDLC|Dalian Zhoushuizi International Apt
CNDLD|Dalu Island
CNDLG|Dalang
CNDLI|Dongliu
CNDLN|Dalingshan
CNDLO|Daluo
CNDLT|Dulata
CNDLU|Dali
CNDMJ|Jingan
CNDMX|Xinhuan
CNDMY|Damaiyu
CNDNG|Donghai
CNDNH|Dunhuang
CNDNS|Danshui
CNDNT|Dantu
CNDNY|Danyang
CNDNZ|Danzao
CNDOH|Donghu
CNDOM|Dongming
CNDON|Dongning
CNDOP|Donglian Port
CNDOU|Doumen Pt
CNDOX|Dongxing
CNDOZ|Dongzhang
CNDPG|Dapeng
CNDQD|Daqindao
CNDQG|Daqing
CNDSA|Dasha
CNDSB|Dongsunba
CNDSH|Dongshi
CNDSI|Dongshi
CNDSN|Dongshan Pt
CNDSO|Dasong
CNDST|Dasha
CNDSZ|Dushanzi
CNDTG|Datian
CNDTZ|Dataizi
CNDUL|Dulong
CNDUR|Duruan Town
CNDWA|Dawang
CNDWN|Dawan
CNDXU|Daxu
CNDYA|Dongyang
CNDYG|Zhangjiajie
CNDYI|Dayi
CNDYN|Dongying
CNDYW|Dayaowan
CNDZM|Danzhimatou
CNDZO|Danzhou
CNDZS|Dezhou
CNDZU|Dazu
CNDZY|Dazhaoying
CNEBA|Erba
CNEBD|Ebuduge
CNECG|Echeng
CNEGN|Ergun
CNEIX|Meixian
CNENH|Enshi Xujiaping Apt
CNENP|Hengban
CNENY|Yan'an
CNERC|Erlianhaote
CNESN|Enshi
CNETK|Ertaokou
CNEZH|Ezhou
CNFAG|Fugang
CNFAN|Fangcheng Pt
CNFAS|Fangshan
CNFAX|Fangxianzhen
CNFCH|Fengcheng
CNFCN|Fangcun
CNFDU|Fengdu
CNFEC|Feicheng
CNFEN|Fenggang
CNFGG|Fengguang
CNFGX|Fengxian
CNFJE|Fengjie
CNFKA|Fukang
CNFKC|Changan
CNFKI|Fengkai
CNFKJ|Jiangkou
CNFKU|Faku
CNFLG|Fuling
CNFNG|Fuyong
CNFOC|Fuzhou Changle International Apt
CNFOS|Foshan
CNFPG|Fuping
CNFQG|Fuqing
CNFQX|Xialong
CNFRT|Foshan New Pt
CNFSA|Fushan
CNFSI|Fusui
CNFSN|Fushun
CNFUC|Fucheng
CNFUJ|Fujin
CNFUN|Fuyang
CNFUO|Foshan Apt
CNFUQ|Fuquan
CNFUT|Futian
CNFUX|Fuxin
CNFUY|Fuyuan
CNFUZ|Fuzhou
CNFWN|Fuwan
CNFXG|Fuxing
CNFYG|Fuyong
CNFYN|Fuyun
CNFYS|Fuyang
CNFYX|Fuyang Xiguan Apt
CNFZG|Fuzhou Pt
CNFZH|Fuzhou
CNFZL|Dantou
CNFZX|Fuzhouxingang
CNGAI|Gaizhou
CNGAL|Galolan
CNGAN|Gu'an
CNGAO|Gaogang
CNGAY|Gaoyao
CNGBG|Guanbu Pt
CNGBP|Gongbei
CNGBT|Guangbaotong
CNGBU|Gaobu
CNGBZ|Goubangzi
CNGCE|Guicheng
CNGCG|Guicheng
CNGCH|Guancheng
CNGCL|Guchengli
CNGDI|Gedian
CNGDJ|Jiugang
CNGDU|Guandu
CNGFU|Guangfu
CNGGK|Gongkou
CNGGN|Gongan
CNGGS|Guangshui
CNGGU|Gongguan
CNGGZ|Guangzhou
CNGHI|Guanghai Pt
CNGHN|Guanghan
CNGIR|Gyirong
CNGIS|Guishan
CNGJG|Gujing
CNGJS|Jiangsi
CNGLA|Gaolan
CNGLE|Gulei
CNGLG|Gaoleng
CNGLI|Guangli
CNGLN|Gaolan
CNGLU|Gonglu
CNGMI|Gaomi
CNGNA|Guang'ao
CNGNG|Guangning
CNGNI|Guangning
CNGNL|Guanlin
CNGNY|Guanyao
CNGOC|Gaochun
CNGOG|Gongming
CNGOM|Gaoming Pt
CNGON|Gaolan
CNGOQ|Golmud
CNGPG|Guiping
CNGQD|Ganqmod
CNGRO|Guangrao
CNGSA|Cangshan
CNGSH|Gaosha
CNGTG|Gaotang
CNGTI|Guitai
CNGUG|Guigang
CNGUI|Guilin
CNGUL|Gangluan
CNGUN|Guanlan
CNGUT|Guangdong Terminal
CNGUZ|Guangzhoudong Railway Station
CNGXC|Gaozhou
CNGXI|Guixi
CNGYA|Guiyang
CNGYG|Guilinyang
CNGYN|Nanan
CNGYO|Guanyao
CNGYS|Guangyuan Panlong Apt
CNGYU|Gaoyou
CNGZC|Guangzhouchuanchang
CNGZE|Guzhen
CNGZG|Guangzhou Pt
CNGZH|Ganzhou
CNGZU|Guizhou
CNHAA|Hai'an
CNHAD|Haiyang
CNHAG|Haicheng
CNHAK|Haikou Meilan International Apt
CNHAN|Hanjiang
CNHAQ|Huangqi/Nanhai
CNHAS|Heshan
CNHAT|Haitang/Shekou
CNHAY|Haiyang
CNHAZ|Hangzhou
CNHBG|Harbin Pt
CNHBI|Huaibei
CNHBU|Huangbu
CNHBZ|Harbin Railway Station
CNHCG|Hunchun
CNHCH|Hechi
CNHCN|Huachuan
CNHDG|Huadu Pt
CNHDN|Haidian
CNHDS|Handan
CNHDU|Huadu
CNHEB|Hebei
CNHEK|Heihe
CNHEN|Hengdian
CNHEP|Hepu
CNHES|Henshui
CNHET|Hohhot Baita International Apt
CNHEY|Heyuan
CNHEZ|Hezhou
CNHFE|Hefei Xinqiao International Apt
CNHFI|Hefei
CNHGA|Honghua
CNHGC|Huangcun
CNHGE|Huangge
CNHGG|Hongguang Pt
CNHGH|Hangzhou Xiaoshan International Apt
CNHGJ|Huangjiang
CNHGK|Hongkou
CNHGN|Haigeng
CNHGO|Hongqiao
CNHGP|Huangpi
CNHGQ|Hengqin
CNHGW|Hongwan
CNHHH|Hohhot
CNHHT|Haitian Terminal/ Xiamen
CNHHU|Heshun
CNHIA|Huai'an
CNHID|Huidong Pt
CNHIG|Haikou Pt
CNHII|Huainan
CNHIJ|Huaiji
CNHIK|Huikou
CNHIM|Haimiao
CNHIN|Haining
CNHIS|Huangshi
CNHIY|Haiyan
CNHIZ|Haizhu
CNHJI|Huangjiang
CNHJJ|Huaihua
CNHKM|Hekou
CNHKN|Haikang
CNHKO|Haikou
CNHKU|Hukou
CNHLD|Hulunbuir Hailar Apt
CNHLE|Hulan Ergi
CNHLH|Ulan Hot Apt
CNHLI|Huailai
CNHLJ|Jinghai
CNHLN|Huilong
CNHLW|Heliwei
CNHME|Haimen
CNHMI|Hami
CNHMN|Humen Pt
CNHNG|Henggang
CNHNH|Huanghua
CNHNI|Hengli
CNHNK|Hankou
CNHNO|Huinong
CNHNS|Huanshi
CNHNT|Hongtong
CNHNY|Hengyang
CNHOA|Houan
CNHOD|Hongdu
CNHOH|Honghu
CNHOM|Houma
CNHON|Hongze Xian
CNHOQ|Hongqi
CNHOU|Houjie
CNHPT|Heping
CNHQG|Huiqiang
CNHRB|Harbin Taiping International Apt
CNHRN|Harbin
CNHRS|Horgos
CNHSA|Heishan
CNHSC|Shaoguan New Pt
CNHSH|Huangshan
CNHSI|Huangshi Pt
CNHSK|Huangsangkou
CNHSN|Heshan Pt
CNHST|Heishantou
CNHTG|Hetang
CNHTN|Hotan Apt
CNHTO|Haitou
CNHUA|Huangpu Pt
CNHUD|Huludao
CNHUE|Huchen
CNHUG|Huanggang
CNHUH|Huanghua Pt
CNHUI|Huizhou
CNHUL|Hulin
CNHUM|Huma
CNHUN|Huangpu New Port
CNHUP|Huo Pt
CNHUS|Huashi
CNHUW|Huidong
CNHUY|Huayang
CNHUZ|Huazhou
CNHXA|Hengxian
CNHXE|Haoxue
CNHXG|Haikou New Pt
CNHYA|Heyang
CNHYN|Huangyan
CNHZG|Hanzhong
CNHZH|Huzhou
CNHZO|Huangzhou
CNHZS|Heze
CNHZU|Houzhu
CNIHE|Huaihe
CNILI|Xili
CNIMA|Baimao
CNINC|Yinchuan Hedong International Apt
CNING|Xinyang
CNIQM|Qiemo Apt
CNIQN|Qingyang Xifengzhen Apt
CNIUA|Liuan
CNIXI|Jinxi
CNJAA|Jiang'an
CNJAG|Jianyang
CNJAN|Jiangan Railway Station
CNJAS|Jiashan
CNJAX|Jiaxing
CNJAY|Jiayin
CNJBI|Jianbi
CNJCH|Jiangcheng
CNJCN|Jiangchuan
CNJDE|Jiande
CNJDR|Quxi
CNJDZ|Jingdezhen
CNJEM|Jeminay
CNJES|Jieshi
CNJGH|Jianghai
CNJGJ|Jiangjin
CNJGM|Jingmen
CNJGN|Jiayuguan
CNJGS|Jinggangshan Apt
CNJGU|Jinguzhou
CNJGX|Jingxian
CNJGY|Jiangyin
CNJGZ|Jingzhou
CNJHA|Jinhua
CNJHG|Xishuangbanna Gasa International Apt
CNJHH|Jinghai, Tianjing
CNJHK|Jinhekou
CNJHN|Jiangshan
CNJIA|Jiangyin Pt
CNJIC|Jiangcun
CNJID|Jiading
CNJIH|Jing'an
CNJII|Jining
CNJIJ|Jingjiang
CNJIL|Jilin
CNJIN|Jian
CNJIP|Jiangping
CNJIS|Jiangshan Pt
CNJIU|Jiujiang
CNJIX|Jixian
CNJIZ|Jiazi
CNJJD|Jinjiang Dry Port
CNJJI|Jinjiang
CNJJN|Quanzhou Jinjiang Apt
CNJKO|Jiangkou
CNJKU|Jiangkou
CNJLE|Jiangle
CNJLI|Jianli
CNJLP|Jiulongpo Pt
CNJLY|Luoyuanwan
CNJLZ|Jilin Railway Station
CNJMN|Jiangmen
CNJMO|Jimo
CNJMS|Jiamusi Pt
CNJMU|Jimusi
CNJMY|Jimiya
CNJNA|Jinan
CNJND|Jiangdu
CNJNG|Jining
CNJNH|Jinhaian
CNJNL|Jinli
CNJNN|Jining
CNJNS|Jinshan
CNJNX|Jiangxi
CNJNZ|Jinzhou Pt
CNJOG|Jinghong
CNJOJ|Jiaojiang
CNJOK|Jiaokou
CNJPI|Jinpai
CNJPU|Jiangpu
CNJQI|Jinqiao
CNJRG|Jurong
CNJSA|Jiashan
CNJSG|Jiaoshan Pt
CNJSH|Jinshuihe
CNJSI|Jinshi
CNJSO|Jishou
CNJSU|Jiangsiu
CNJTG|Jingtang Pt
CNJTN|Jintan
CNJTO|Jiantiao
CNJUI|Jishui
CNJUJ|Jiujiang
CNJUL|Jiuli
CNJUQ|Jiuquan
CNJUZ|Jiuzhen
CNJWN|Jinwan
CNJXI|Jiexi
CNJXN|Jiao Xin
CNJYA|Jiyuan
CNJYG|Jieyang
CNJYN|Jinyun
CNJYS|Jiangyan
CNJZH|Jiaozhou
CNJZI|Jinzhou
CNJZK|Jingzhou Pt
CNJZO|Jiaozuo
CNJZU|Jiuzhou Pt
CNKAH|Kaihua
CNKAI|Kaikou
CNKAP|Kaiping
CNKCA|Kuqa Apt
CNKFG|Kaifeng
CNKGT|Kangding
CNKHG|Kashi Apt
CNKHN|Nanchang Changbei International Apt
CNKIY|Kaiyun
CNKJC|Science City
CNKJH|Kaili
CNKJP|Kunjirap
CNKLS|Kalasu
CNKMG|Kunming Wujiaba International Apt
CNKML|Yunnan Tengjun International Land Port Logistics Center
CNKMN|Kanmen
CNKNC|Ji'an
CNKNM|Kunming
CNKOL|Korla
CNKOW|Ganzhou Huangjin Apt
CNKPN|Kaiping
CNKQI|Kangqiao
CNKRY|Karamay
CNKSS|Kashi
CNKST|Kaishantun
CNKUS|Kunshan
CNKUY|Kuytun Railway Station
CNKWE|Guiyang Longdongbao International Apt
CNKWL|Guilin Liangjiang International Apt
CNKYG|Kuiyong
CNKZG|Kangzhou Pt
CNLAA|Lai An
CNLAG|Lijiang
CNLAL|Laolong
CNLAZ|Lanzhou
CNLBI|Laibin
CNLBU|Liaobu
CNLCH|Liaocheng
CNLCN|Luocun
CNLCP|Lucheng Pt
CNLCW|Luochongwei
CNLCX|Liancheng Apt
CNLDG|Longdong
CNLDI|Loudi
CNLDK|Laodukou
CNLES|Leshan
CNLEZ|Lezhu
CNLFG|Linfen
CNLFN|Lufeng
CNLFZ|Langfang
CNLGA|Long'an
CNLGB|Longbang
CNLGE|Lincheng
CNLGG|Longgang
CNLGH|Longhua
CNLGI|Longhai
CNLGN|Lingcheng
CNLGP|Liangping
CNLGU|Longguan
CNLGW|Longwu
CNLGY|Longyan Pt
CNLHA|Lhasa
CNLHE|Luohe
CNLHG|Liancheng
CNLHK|Guanghua
CNLHN|Luoniushan
CNLHS|Laohushao
CNLHU|Lihu
CNLHW|Lanzhou Zhongchuan Apt
CNLIB|Libo
CNLIC|Licheng
CNLID|Lidao
CNLIH|Lianhuashan Pt
CNLIJ|Lijiang
CNLIL|Liling
CNLIN|Linjiang
CNLIP|Liping
CNLIU|Liuyang
CNLIX|Laixi
CNLIY|Liyang
CNLIZ|Lianzhou
CNLJD|Liujiadu
CNLJG|Lijiang
CNLJI|Liujiang
CNLJK|Luanjiakou
CNLJN|Liujing
CNLJO|Lunjiao
CNLJP|Liujia Pt
CNLJQ|Qianyu
CNLJT|Luojingtan
CNLJY|Yingzai
CNLKP|Liukou Pt
CNLKU|Longkou Pt
CNLLF|Lingling Apt/Yongzhou
CNLLG|Leling
CNLLI|Liling
CNLLJ|Longjiang
CNLLY|Laocheng
CNLMG|Wenling Longmen Port
CNLMN|Longmen
CNLNA|Lin'an
CNLNC|Lincang
CNLNG|Ledong
CNLNH|Linhai
CNLNI|Linxi
CNLNJ|Lianjiang
CNLNN|Lunan
CNLNS|Lanshi
CNLNX|Lianxia
CNLNZ|Linzi
CNLOA|Longnan
CNLOG|Longan
CNLOH|Luohuang
CNLOS|Loushan
CNLOY|Liaoyuan
CNLOZ|Longzhou
CNLPG|Mouping
CNLPI|Leping
CNLPP|Longping Pt
CNLPS|Liupanshui
CNLQI|Luoqi
CNLQN|Liquan
CNLQU|Luquan
CNLSA|Lingshan
CNLSH|Lushun New Pt
CNLSI|Lanshi
CNLSN|Lanshan Pt
CNLSS|Lishui
CNLSX|Xincun
CNLTP|Letianxi Pt
CNLUB|Luobei
CNLUD|Liudu
CNLUG|Luogang
CNLUH|Lu-hua Shan
CNLUI|Lisui
CNLUM|Dehong Mangshi
CNLUN|Lu'an
CNLUO|Luoding
CNLUS|Lusi
CNLUU|Leliu
CNLUX|Luoxi
CNLUZ|Luzhou
CNLWN|Luwan
CNLWS|Laiwu
CNLXA|Lhasa Gongga Apt
CNLXH|Laoxiahe
CNLXI|Lanxi
CNLXP|Luxikou Pt
CNLYA|Luoyang
CNLYD|Laiyang
CNLYF|Longyan
CNLYG|Lianyungang
CNLYI|Linyi
CNLYM|Laoyemiao
CNLYN|Leiyang
CNLYO|Longyao
CNLYP|Liying Pt
CNLYS|Liaoyang
CNLYZ|Luoyang Railway Station
CNLZH|Liuzhou
CNLZI|Luzhai
CNLZL|Liusha
CNLZO|Laizhou Pt
CNLZP|Liuzuo Pt
CNLZY|Nyingchi
CNMAA|Ma'anshan
CNMAC|Macun
CNMAJ|Majistan/Zhoushan
CNMAN|Manas
CNMAW|Mawei Pt
CNMAY|Mayong
CNMBI|Mabian Island
CNMCH|Machong
CNMCI|MCID - Private Terminal
CNMCX|Mengcheng
CNMDG|Mudanjiang
CNMDL|Mandula
CNMDN|Mengding
CNMDU|Midu
CNMEN|Mengshan
CNMEZ|Meizhou
CNMGG|Meigeng
CNMGX|Mingxi
CNMHG|Minxing
CNMHN|Mohan
CNMIG|Mianyang Nanjiao Apt
CNMIO|Meiao
CNMIS|Mishan
CNMIY|Miyun
CNMJD|Majiadian
CNMJS|Maji Shan
CNMLG|Maoling
CNMLI|Meilin
CNMLN|Menglian
CNMLX|Manzhouli
CNMMI|Maoming
CNMNG|Minhang
CNMNK|Jiangcheng Mengkang
CNMOG|Maogang
CNMOH|Mohe
CNMOT|Miaotou
CNMPP|Maoping Pt
CNMSA|Meisha Pt
CNMSG|Meishan Pt
CNMSN|Meishan
CNMSP|Maoshan Pt
CNMSW|Miaoshanwei
CNMTZ|Matouzhen
CNMUG|Mugang
CNMWN|Mawan Pt
CNMXZ|Meixian Changgangji Apt
CNMYG|Mianyang
CNMYM|Moupingyangmadao
CNMZS|Mazongshan
CNMZT|Muzhaerte
CNMZU|Muzhou
CNMZW|Meizhouwan
CNNAD|Nandu
CNNAF|Nanfeng
CNNAH|Nanhai Pt
CNNAN|Nanao Pt
CNNAP|Nanping
CNNAS|Nan'an
CNNAT|Natong
CNNAY|Nanyuan
CNNBA|Nanbian
CNNBG|Ningbo Pt
CNNBO|Ningbo
CNNCA|Nicha
CNNCH|Nanchang
CNNCO|Nanchong
CNNDE|Ningde
CNNDG|Qiqihar
CNNDN|Nanding
CNNDS|Shacheng
CNNEG|Neigang
CNNGB|Ningbo Lishe International Apt
CNNGG|Nangang
CNNGU|Ningguo
CNNGW|Ningwu
CNNHE|Ninghe
CNNHN|Wuhan
CNNHS|Sanshan pt
CNNIA|Ning'an
CNNIG|Nanning Pt
CNNIN|Nanning
CNNJG|Nanjing Pt
CNNJI|Nanjing
CNNJK|Nanjiangkou
CNNKG|Nanjing Lukou International Apt
CNNKL|Niuguling
CNNLG|Nanling
CNNMI|Ningming
CNNNG|Nanning Wuxu International Apt
CNNNH|Nanhui
CNNNI|Xinning
CNNNN|Nan'an
CNNNX|Nanxi
CNNPS|Nanping
CNNQO|Nanqiao
CNNSA|Nansha Pt
CNNSH|Nanshan
CNNSN|Nansan
CNNSY|Nianshanyapojiao
CNNTA|Xiantao
CNNTG|Nantong
CNNTN|Niutoushan
CNNTU|Nantou
CNNUD|Nudao
CNNWA|Nawan
CNNWI|Nanwei
CNNXI|Nanxiang
CNNYA|Nanyang
CNNYG|Nanyang
CNNYI|Xinyi
CNNZA|Nanzhuang
CNNZG|Nianzigou
CNNZH|Manzhouli Xijiao Apt
CNNZU|Nanzhuang
CNONG|Yongji
CNORD|Ordos
CNPAJ|Panjin
CNPCH|Pucheng
CNPDE|Pingdingshan East
CNPDG|Pudong/Shanghai
CNPDU|Pingdu
CNPDX|Pudongxinqu Pt
CNPEK|Beijing Shoudu International Apt
CNPGM|Pingmeng
CNPGN|Pingnan
CNPGZ|Pingzhou
CNPHB|Bijia
CNPHN|Pinghu'Nan
CNPHU|Pinghu
CNPIG|Pinggu
CNPII|Pinghai
CNPIL|Pingle
CNPIN|Pingxiang Railway Station
CNPIS|Pingshi
CNPJO|Pojiao
CNPJS|Pizhou
CNPKO|Pikou
CNPKX|Daxing
CNPLI|Penglai Pt
CNPMA|Pianma
CNPND|Pingdi
CNPNG|Puning
CNPNH|Pinghu
CNPNS|Pingshan
CNPNT|Pantang
CNPNU|Pinghu
CNPNY|Shiqiao
CNPOJ|Poji
CNPQA|Puqian
CNPQI|Puqi
CNPSH|Pingsha
CNPTJ|Jinjing
CNPTN|Pingtan
CNPTS|Sanjiangkou
CNPUT|Putian
CNPVG|Shanghai Pudong International Apt
CNPXI|Puxi
CNPXM|Pingshaxinmatou
CNPYG|Puyang
CNPYU|Panyu
CNPZE|Pengze
CNPZH|Panzhihuazhan
CNPZI|Panzhihua
CNPZO|Paizhou
CNQAW|Qianwan
CNQDG|Qingdao Pt
CNQDL|Qindeli
CNQDO|Qiandong
CNQGG|Qingge
CNQGP|Qingpu
CNQGS|Qingshi
CNQGY|Qingyuan
CNQGZ|Qingzhou
CNQHA|Qionghai
CNQHE|Qinghe
CNQHW|Qianhaiwan Pt
CNQIA|Qianxi
CNQID|Qidong
CNQIE|Qiaoshe
CNQIG|Qingguji / Shangqiu
CNQIH|Qihe
CNQIN|Qingdao
CNQIX|Qingxian
CNQJG|Qinjiang
CNQJI|Qingjiang
CNQJO|Qiangjiao
CNQKE|Qike
CNQKU|Qukou
CNQLN|Qinglan Pt
CNQLU|Qingliu
CNQMN|Qimen
CNQNH|Tanmen
CNQNX|Qianxian
CNQOU|Qingzhou
CNQSA|Qisha Pt
CNQSE|Qingshuihe/Shenzhen
CNQSN|Qianshan/Zhuhai
CNQTU|Qiaotou
CNQUF|Qufu
CNQUH|Quanhe
CNQUI|Qujing
CNQUJ|Quanjiao
CNQUY|Quyang
CNQXI|Qingxi
CNQXT|Qixingtai
CNQXU|Qiaoxu
CNQYA|Qingyang
CNQYG|Quanyang
CNQZC|Chongwu
CNQZG|Qiongzhong
CNQZH|Qinzhou
CNQZL|Quanzhou
CNQZO|Qizhou
CNQZS|Quzhou
CNRAG|Ruichang
CNRCG|Rongcheng
CNRCH|Rongcheng
CNRDO|Rudong
CNRGA|Rong'an
CNRGC|Rongcheng
CNRIA|Ruian
CNRIW|Riwo
CNRJG|Rongjiang
CNRJN|Runjiang
CNRKZ|Rikaze
CNRLC|Erenhot
CNRLK|Bayannur
CNRNG|Rongcheng
CNRNH|Renhe
CNROH|Raohe
CNROQ|Rongqi Pt
CNRPG|Raoping
CNRSI|Rongshui
CNRSN|Rushankou
CNRUC|Ruicheng
CNRUD|Rudong
CNRUG|Rugao
CNRUI|Ruili
CNRUJ|Ruijin
CNRXN|Rongxian
CNRZH|Rizhao
CNSAA|Sanhua
CNSAC|Shuangcheng
CNSAD|Shandong
CNSAE|Shahe
CNSAG|Songgang
CNSAH|Sanhe
CNSAJ|Qinzhoushajing
CNSAL|Shalingzhuang
CNSAM|Sanming / Shanming Shi
CNSAN|Shiwan
CNSAP|Shaping
CNSAT|Shadi
CNSAU|Sanbu
CNSAW|Shanwai
CNSBH|Shibahe
CNSBL|Shibalidian
CNSBM|Sanbaimen
CNSBN|Suibin
CNSBU|Sanbu Pt
CNSCH|Suichang
CNSDG|Shuidong Pt
CNSDP|Sandouping
CNSDU|Shadui
CNSEY|Sheyang
CNSEZ|Shahezi
CNSFE|Suifenhe Railway Station
CNSFH|Suifenhe
CNSGD|Shengdong
CNSGG|Suijiang
CNSGH|Shanghai
CNSGI|Shangsi
CNSGJ|Songjiang
CNSGN|Shouguang
CNSGO|Shigang'ao
CNSGS|Songshu
CNSGU|Shangyu
CNSGY|Songyuan
CNSGZ|Shengzhou
CNSHA|Shanghai Hongqiao International Apt
CNSHD|Shidao Pt
CNSHE|Shenyang Taoxian International Apt
CNSHG|Shanghai Pt
CNSHH|Shishi
CNSHJ|Shajing
CNSHK|Shekou Pt
CNSHL|Shuolong
CNSHM|Mafang
CNSHN|Shiwan
CNSHO|Shajiao
CNSHP|Qinhuangdao Pt
CNSHQ|Shiqi
CNSHS|Shashi
CNSHT|Shating
CNSHU|Shihu
CNSHW|Honghai
CNSHX|Xinan
CNSHY|Shenyang
CNSHZ|Shanghai Railway Station
CNSIA|Xian Xianyang International Apt
CNSIG|Sanjiang
CNSIH|Sihui
CNSIJ|Shijing
CNSIK|Shuikou
CNSIP|Shiqu Pt
CNSIQ|Saiqi
CNSIU|Shizhu
CNSIY|Shiyan
CNSIZ|Suizhong
CNSJE|Shijie
CNSJJ|Shijingjiaoxin
CNSJO|Shijitou
CNSJQ|Sanshui
CNSJT|Sijitun
CNSJU|Shijiu Pt
CNSJW|Shijiazhuang Zhengding International Apt
CNSJZ|Shijiazhuang
CNSKG|Sikeng
CNSKO|Shuikou
CNSKS|Sikuaishi
CNSLG|Shiliugang
CNSLO|Shilou
CNSLU|Shilu
CNSMN|Songmen
CNSMS|Sanming
CNSMX|Sanmenxia
CNSNA|Sanyang
CNSNH|Shenhu
CNSNI|Shanshi
CNSNL|Sanyuanli/Guangzhou
CNSNN|Suining
CNSNP|Sanmenpo
CNSNS|Sansha
CNSNU|Sanshu
CNSNW|Shenwan
CNSNY|Shunyi
CNSNZ|Shenzhen
CNSOG|Songgai
CNSON|Songxia Pt
CNSOS|Shaoshan
CNSPA|Shapa
CNSPB|Shapingba
CNSPG|Siping
CNSPI|Shipai
CNSQH|Shiquanhe
CNSQN|Shenquan
CNSQS|Shangqiu
CNSQU|Shiqiao
CNSRG|Sanrong
CNSRS|Shangrao
CNSSA|Shishan
CNSSG|Shashangang
CNSSI|Shanshui
CNSSN|Shashan
CNSSP|Shuangshui
CNSSQ|Shiqiaopu
CNSTB|Shitoubu Pt
CNSTG|Shantou
CNSTI|Shatian
CNSTJ|Shatoujiao
CNSTN|Shitan
CNSTO|Shatou
CNSTZ|Shatuozi
CNSUB|Shuibu
CNSUD|Shunde Pt
CNSUG|Suigang
CNSUH|Suzhou
CNSUQ|Suqian
CNSUU|Suizhou
CNSUW|Sunwu
CNSUX|Suixi
CNSUY|Shuyang
CNSUZ|Suzhou
CNSWA|Jieyang Chaoshan Apt
CNSWE|Shanwei
CNSWI|Shiwei
CNSWN|Shawan
CNSWU|Shaowu
CNSXB|Beitan
CNSXG|Shaoxing
CNSXI|Shixing
CNSXJ|Shanshan
CNSXN|Shaxian
CNSYA|Sanya Pt
CNSYC|Shayuchong
CNSYD|Shenyangdong Railway Station
CNSYG|Shiyang
CNSYM|Simao
CNSYN|Shiyan
CNSYX|Sanya
CNSZA|Sanzao
CNSZG|Suzhou Pt
CNSZH|Suzhou
CNSZI|Shihezi
CNSZK|Songzikou
CNSZO|Sanzhou
CNSZP|Shenzhen Pt
CNSZS|Shizuishan
CNSZW|Shenzhenwan
CNSZX|Shenzhen Baoan International Apt
CNSZZ|Shenzhen Railway Station
CNTAC|Taicang Pt
CNTAI|Taian
CNTAN|Tongan, Xiamen
CNTAO|Qingdao Jiaodong International Apt
CNTAP|Taiping
CNTAX|Taixing
CNTAY|Taiyang
CNTAZ|Taizhou Pt
CNTBO|Tianbao
CNTBS|Tianjinbaoshuiqu
CNTCG|Qoqek Apt
CNTCH|Houqiao
CNTCS|Tacheng
CNTDU|Tiandu
CNTEN|Tongren Fenhuang Apt
CNTFG|Tuanfeng
CNTFU|Tianfu, Chengdu
CNTGG|Tanggu
CNTGH|Tonghua
CNTGK|Tangkou
CNTGN|Tongren
CNTGO|Tongliao
CNTGS|Tangshan Pt
CNTGX|Tangxi
CNTGZ|Tengzhou
CNTHE|Taihe
CNTHG|Taicheng (Taishan)
CNTIA|Tiantai
CNTID|Tiandong
CNTIH|Tianhe
CNTIL|Tieling
CNTIS|Taishan
CNTIY|Tianyang
CNTJA|Tangjia
CNTJD|Tuojidao
CNTJG|Taijiang
CNTKK|Taykexkin
CNTLI|Tieli
CNTLN|Tianlin
CNTME|Tumen
CNTNA|Jinan Yaoqiang International Apt
CNTNC|Lintao
CNTNG|Tianjin Pt
CNTNJ|Tianjin
CNTNO|Tanggou
CNTNP|Tianpeng
CNTOG|Tongcheng
CNTOH|Tonghe
CNTOJ|Tongjiang
CNTOL|Tongling
CNTON|Tonglu
CNTOX|Tongxing
CNTOZ|Tongzhao
CNTPK|Taipingkou
CNTPO|Tai Po
CNTPU|Tuopu
CNTPW|Taipingwan
CNTQO|Tuqiao
CNTRT|Turugart
CNTSA|Taishan
CNTSG|Gongyi
CNTSN|Tianjin Binhai International Apt
CNTSU|Tianshui
CNTXA|Tangxia
CNTXG|Tianjin Xingang Pt
CNTXI|Tengxian
CNTXN|Huangshan Tunxi International Apt
CNTXZ|Tongxiang
CNTYG|Taoyang
CNTYN|Taiyuan Wusu International Apt
CNTYU|Taiyuan
CNTZE|Tianzhen
CNTZH|Tongzhong
CNTZO|Taizhou
CNTZU|Taizhou
CNUAN|Xuancheng
CNUBU|Lubu
CNULA|Ulan Qab
CNULT|Ulastai
CNULZ|Urumqi International Lugang
CNUNA|Chunan
CNURC|Urumqi Diwobao International Apt
CNURM|Urumqi
CNUYN|Yulin
CNWAA|Wuhai
CNWAF|Wafangdian
CNWAJ|Wanjiang
CNWAN|Wanding
CNWAS|Wanshan Pt
CNWAX|Wanxian
CNWAZ|Wanzai
CNWCH|Huangpo
CNWDS|Wendeng
CNWEC|Wenchang
CNWEF|Weifang
CNWEG|Weihai Pt
CNWEH|Weihai Dashuipo Apt
CNWEI|Weihai
CNWEN|Wenling
CNWGI|Wangqi
CNWGQ|Waigaoqiao Pt
CNWHE|Wuhe
CNWHG|Wuhan Pt
CNWHI|Wuhu
CNWHR|Rushan
CNWHU|Wuchuan
CNWHZ|Zhangjiabu
CNWIG|Waigang
CNWIH|Waihai
CNWIT|Weitou
CNWJA|Wujiang
CNWJD|Wenjindu
CNWJG|Wangjiang
CNWJI|Wujin
CNWJN|Wujin
CNWLD|Wulidian
CNWLG|Wanling
CNWLH|Ulan Hot
CNWLI|Wuli
CNWMG|Wuming
CNWNA|Weinan
CNWNC|Wenchengzhen
CNWNG|Wanning
CNWNZ|Wenzhou
CNWPG|Wuping
CNWSA|Wusha
CNWSH|Wenshan
CNWSN|Wushan
CNWUA|Wusha
CNWUC|Wu Chong Kou
CNWUG|Wusong Pt
CNWUH|Wuhan Tianhe International Apt
CNWUJ|Wujiang
CNWUK|Wukan
CNWUQ|Wuqing
CNWUS|Wuyishan Apt
CNWUX|Sunan Shuofang International Apt
CNWUZ|Wuzhou
CNWXA|Wuxuan
CNWXI|Wuxian
CNWXP|Wuxue Pt
CNWXS|Wuxi
CNWYK|Weiyuankou
CNWYN|Wengyuan
CNWYP|Wuyapao
CNWYS|Wuyishan
CNWZH|Wanzhou
CNWZO|Wenzhou Pt
CNXAB|Xinfeng
CNXAG|Xianguojilugang
CNXAM|Xiamen
CNXAN|Xiang'an, Xiamen
CNXAO|Xiaolan
CNXAS|Xiashan
CNXCE|Xingcheng
CNXCG|Xichong Pt
CNXCH|Xincheng
CNXCI|Xiaochi
CNXCU|Xiaocuo Pt
CNXDI|Xindian
CNXDJ|Xiadaiji
CNXDU|Xindu
CNXEG|Xiegang
CNXEN|Xingcheng
CNXEO|Xueao
CNXEX|Xiexu
CNXGA|Xingang
CNXGD|Xingdong
CNXGF|Xiangfan
CNXGI|Xingtai
CNXGK|Xiangkou
CNXGN|Xiaogan
CNXGQ|Xiangqiao
CNXGS|Xingshan
CNXGT|Xingtan
CNXGY|Xiangyun
CNXGZ|Xiangzhou
CNXHH|Hekou
CNXHK|Xinhekou
CNXHO|Xiaohudao
CNXHT|Xilin Hot
CNXIA|Xian
CNXIC|Xichang Qingshan Apt
CNXID|Xindi
CNXIG|Xigaze
CNXIH|Xiahai
CNXII|Jixi
CNXIJ|Xijiang
CNXIK|Xinkai
CNXIM|Xiamao
CNXIN|Xinhui Pt
CNXIO|Xiaoxian
CNXIP|Xingang
CNXIQ|Xiqiao
CNXIS|Xiaoshan
CNXIT|Xintang Pt
CNXIW|Xiangyang
CNXIY|Xinyi
CNXJB|Xiaojiangba
CNXJD|Xuejiadao
CNXJG|Xinanjiang
CNXJH|Hutubi
CNXJU|Xianju
CNXLA|Xianlang
CNXLN|Xinglin
CNXLS|Xiliangshan
CNXLU|Xiluzhen
CNXLZ|Xiaolizhuang
CNXMG|Xiamen Pt
CNXMH|Haicang, Xiamen
CNXML|Liuwudian
CNXMN|Xiamen Gaoqi International Apt
CNXNA|Xinsha
CNXNF|Xingfeng
CNXNG|Xianing
CNXNH|Xinhua
CNXNI|Xinxing
CNXNJ|Xinji
CNXNN|Xining
CNXNQ|Xinqiao
CNXNU|Xiniu
CNXNX|Xinxing
CNXNY|Xinyu
CNXNZ|Xinzhou
CNXOT|Xiaotang
CNXPI|Xingping
CNXQN|Xiqing , Tianjing
CNXSB|Xishuangbanna
CNXSH|Xinshi
CNXSI|Xiangshui
CNXSN|Xiangshan
CNXSP|Shipu
CNXTA|Xiangtan
CNXTG|Xiaotang
CNXTI|Xidi
CNXTN|Xiantan
CNXTO|Xitou
CNXTZ|Xuetangzhou
CNXUA|Xiahua
CNXUC|Xuchang
CNXUG|Xiangang
CNXUI|Xuhuiqu
CNXUK|Xunke
CNXUL|Xiulin
CNXUM|Xuanmen
CNXUN|Xinyuan
CNXUZ|Xuzhou Guanyin Apt
CNXWH|Haian
CNXWI|Xuanwei
CNXXG|Xinxiang
CNXXI|Xinchang
CNXXN|Xixiang
CNXXY|Xiangyu Terminal/ Xiamen
CNXYA|Xianyang
CNXYG|Xiuyu Pt
CNXYI|Xinying
CNXYN|Xiaying
CNXYU|Xianyou
CNXZH|Xuzhou
CNXZI|Xiangzhi
CNXZO|Xinzao
CNXZU|Xiangzhou
CNYAT|Yantai
CNYBG|Yabagou
CNYBP|Yibin Caiba Apt
CNYBU|Yanbu
CNYCA|Yingchuan
CNYCE|Yucheng
CNYCG|Yichang Pt
CNYCH|Yinchuan
CNYCN|Yangchun
CNYCU|Yuncheng
CNYDZ|Yadong
CNYFU|Yongfu
CNYGD|Yingde
CNYGG|Yanguan
CNYGJ|Yingjiang
CNYGK|Yangkou
CNYGN|Yongan
CNYGO|Yaogou
CNYGP|Yangpu
CNYGT|Yingtan
CNYGX|Yangxi
CNYHG|Yuecheng
CNYHN|Yuhang
CNYHO|Yanzhou
CNYHU|Yishui
CNYIB|Yibin
CNYIC|Yichang
CNYIG|Yiyang
CNYIH|Yichang Sanxia Apt
CNYIK|Yinkou
CNYIN|Yining
CNYIU|Yiwu
CNYIZ|Yizheng
CNYJA|Yanjia
CNYJC|Yangjiachang
CNYJI|Yangjiang
CNYJP|Yaojia Pt
CNYKG|Yangkou Pt
CNYKN|Yongkang
CNYKS|Yierkeshi
CNYKU|Taokou
CNYLA|Yuelai
CNYLG|Yanliang
CNYLI|Yangli
CNYLN|Yilan Apt
CNYLO|Yonglong
CNYMD|Yangmadao
CNYNG|Yangzhong
CNYNJ|Yanji Chaoyangchuan Apt
CNYNN|Yongning
CNYNT|Yantai Laishan International Apt
CNYNZ|Yancheng
CNYOJ|Yongjia
CNYOU|Yuyao
CNYOX|Yong'an
CNYPE|Yangpeng
CNYPG|Yangpu Pt
CNYPU|Yuepu
CNYRK|Yierkeshitan
CNYSA|Yangshan
CNYSF|Yangshufang
CNYSH|Yuanshi
CNYSN|Yangshan
CNYSO|Yangshuo
CNYTG|Yantai Pt
CNYTI|Yongtai
CNYTN|Yantian Pt
CNYUA|Yuanmou
CNYUE|Yueqing
CNYUF|Yunfu
CNYUH|Yuhuan
CNYUI|Yutai
CNYUL|Yulin
CNYUO|Yuanzhou
CNYUX|Yuxi
CNYUZ|Yuzhou
CNYXA|Yixian
CNYXI|Youxi
CNYXN|Yuexiunan
CNYXS|Yixing
CNYXT|Yangxifengtou
CNYXU|Yongxiu
CNYXY|Yangxi
CNYYA|Yueyang
CNYYG|Youyiguan
CNYYP|Yuyue Pt
CNYYU|Yuexu
CNYZA|Yizhuang
CNYZH|Yangzhou
CNYZS|Yongzhou
CNYZU|Yuzhu
CNZAG|Zhanghu
CNZAT|Zhaotong
CNZBO|Zibo
CNZCG|Zhicheng
CNZCH|Zhucheng
CNZCU|Zichuan
CNZDO|Zhaodong
CNZEC|Zengcheng,Guangzhou
CNZEL|Zhelin
CNZEQ|Zhuengadabuqi
CNZGA|Zhongshan
CNZGC|Zhongguancun
CNZGH|Zhangcha
CNZGO|Zigong
CNZGS|Zhangshan
CNZGT|Zhongtang
CNZGU|Zhangmutou
CNZGW|Zhangwan
CNZGZ|Zhengzhou
CNZHA|Zhanjiang
CNZHC|Zhongcun
CNZHE|Zhenjiang
CNZHF|Zhangfeng
CNZHG|Zhaogang
CNZHH|Zhuanghe Pt
CNZHI|Zhenhai Pt
CNZHJ|Zhuji
CNZHN|Zhangshu
CNZHQ|Zhuanqiao
CNZHU|Zhuao
CNZHY|Zhaoyuan
CNZHZ|Zhuozhou
CNZIY|Ziyuan Pt
CNZJB|Zhangjiabian
CNZJG|Zhangjiagang
CNZJI|Zhangjian
CNZJK|Zhangjiakou
CNZJN|Zhengjiatun
CNZKO|Zhoukou
CNZLN|Zhongluotan
CNZLO|Zhuliao
CNZMU|Zham
CNZNG|Zhanjiang Pt
CNZNY|Zunyi
CNZNZ|Naozhou
CNZOC|Zoucheng
CNZOS|Zhoushan
CNZOU|Zhenzhou
CNZPG|zhengpugang Pt
CNZPI|Zhaoping
CNZPK|Zhapoyouku
CNZPO|Zhapo
CNZPU|Zhapu Pt
CNZQG|Zhaoqing
CNZQH|Zhangqiu
CNZQJ|Zhouqujia
CNZQN|Zhaoqing Railway Station
CNZSM|Shima
CNZSN|Zhongshan
CNZTZ|Zhoutuozi
CNZUH|Zhuhai
CNZUS|Zhushan
CNZUT|Zhutan
CNZUY|Zhuyang
CNZXG|Zhongxiang
CNZXI|Zhexiang
CNZXJ|Zouxiang
CNZXN|Zhongxian
CNZXZ|Xiazhai
CNZYA|Ziyang
CNZYG|Zongyang
CNZYI|Zunyi Xinzhou Apt
CNZYO|Zhuangyuanao
CNZYU|Zhaoyuan
CNZZG|Zhouzhuang
CNZZH|Zhangzhou
CNZZO|Zhuzhou
CNZZS|Zaozhuang
CNZZU|Fuzhou
CNZZZ|Zhengzhoudong Railway Station
GE5OZ|Ozurgeti
GEABK|Sukhumi
GEASE|Akhalts'ikhe
GEBNS|Bolnisi
GEBUS|Batumi
GECHT|Chiat'ura
GEDED|Dedoplistskaro
GEGAR|Gardabani
GEGEO|Chokhatauri
GEGGR|Gagra
GEGUD|Gudauri
GEGUR|Gurjaani
GEIES|Khashmi
GEKAI|Khelvach'auri
GEKAK|Kakheti
GEKAR|Kareli
GEKAZ|Kazreti
GEKHI|Khashuri
GEKHV|Orkhevi
GEKUL|Kulevi
GEKUT|Kutaisi
GELAN|Lanch' khut' i
GELDK|Lagodekhi
GELIL|Lilo
GEMAR|Marneuli
GENAB|Nabeghlavi
GENAT|Natakhtari
GEPTI|Poti
GERTV|Rust'Avi
GESAC|Sach' khere
GESAG|Saguramo
GESHP|Shorapani
GESIG|Sighnaghi
GESPS|Sup'sa
GESTD|Samtredia
GESUI|Sokhumi
GETBS|Tbilisi
GETEL|T'elavi
GETRL|Terjola
GETS2|Tsinandali
GETSA|Tsageri
GETSI|Tsintskaro
GETSK|Tsalenjikha
GEVAC|Vachnadziani
GEVAZ|Vaziani
GEZAA|Mtskheta
GEZAB|Kvareli
GEZAC|Chrebalo
GEZAD|Zugdidi
GEZAE|Dmanisi
GEZAF|Gori
GEZAG|Kaspi
GEZAH|Akhmeta
GEZAI|Akhalkalaki
GEZAJ|Senaki
GEZAK|Rustavi
GEZAL|Borjomi
GEZHI|Zhinvali
GEZOG|Zestap'oni
GEZTP|Zestap'oni
IRABD|Abadan
IRABR|Abhar
IRACP|Sahand
IRACZ|Zabol
IRADU|Ardabil
IRAEU|Abu Musa
IRAFZ|Sabzevar National
IRAHR|Ahar
IRAKW|Aghajari
IRAMD|Bandar Amirabad
IRAMP|Amir Abad Pt
IRAMR|Amara
IRARA|Arak
IRASA|Asaluyeh
IRASR|Astara
IRAWZ|Ahwaz
IRAZD|Yazd
IRBAH|Bandar Assaluyeh
IRBAJ|Bajgiran
IRBAM|Amirabad
IRBAZ|Bandar-e Anzali
IRBBL|Babolsar
IRBDH|Bandar-e Lengeh
IRBIK|Imam Khomeini Pt/ Mahshahr City
IRBJB|Bojnurd
IRBKK|Bandar-e Emam Khomeyni
IRBKM|Bandar Khomeini
IRBMR|Bandar Mashur
IRBND|Bandar Abbas
IRBNH|Baneh
IRBOR|Borazjan
IRBPA|Bandare Parsian
IRBRG|Bandar-e Gaz
IRBRJ|Borujerd
IRBSM|Bisheh Kola
IRBSR|Bandar Shahid Rajaee
IRBUZ|Bushehr
IRBXR|Bam
IRCI3|Chabahar
IRCKT|Sarakhs
IRCYT|Soroosh (Cyrus) Terminal
IRDAM|Damavand
IRDAY|Dayyer
IRDEF|Dezful
IRDEH|Dehbid
IRDGN|Basargan
IRDJU|Jolfa
IRDOG|Do Gharun
IRESF|Esfahan
IRESL|Eslamshahr
IRFAZ|Fasa
IRFKR|Freidoon Kenar
IRFR7|Fardis
IRGBT|Gorgan
IRGCH|Gachsaran
IRGHA|Ghazvin (Qazwin)
IRGNH|Ganaveh
IRGSM|Gheshm
IRHDM|Hamadan
IRHDR|Havadarya
IRHEJ|Henjam
IRHOR|Hormuz
IRIAQ|Bahregan
IRIFH|Hesa
IRIFN|Isfahan
IRIHR|Tilkuh (Iran Shahr)
IRIIL|Ilam
IRIKA|Imam Khomeini International Apt/Tehran
IRIMH|Imam Hasan
IRIQH|Islam Qal'eh
IRJAK|Jask
IRJBD|Abadeh
IRJRT|Jiroft
IRKAL|Kalaleh
IRKAS|Kashan
IRKAV|Kuvei
IRKER|Kerman
IRKHA|Khaneh
IRKHD|Khorramabad
IRKHK|Khark Island
IRKHO|Khorramshahr
IRKHS|Khosravi
IRKHY|Khvoy
IRKIH|Kish Island
IRKMS|Kermanshah
IRKNR|Kangan
IRKOR|Khosrowshahr
IRKSH|Kermanshah (Bakhtaran)
IRLEH|Ali Shah Avaz
IRLFM|Lamerd
IRLIN|Lingah
IRLRR|Lar
IRLVP|Lavan
IRMEB|Meybod
IRMHD|Mashad
IRMLK|Malekan
IRMMH|Mazandaran Mahalleh
IRMRX|Bandar-e Mah Shahr
IRNEK|Bandar Neka
IRNKA|Neka
IRNKW|Nakhjavan Tappeh
IRNSB|Neyshabur
IRNSH|Now Shahr
IRNUJ|Nojeh
IROMH|Urmieh
IROMI|Omidiyeh
IROSM|Mosul
IRPFQ|Parsabad
IRPGU|Asaloyeh
IRPSR|Piran Shahr
IRPYK|Payam Apt
IRQAZ|Qazvin
IRQHK|Shahre Kord
IRQKC|Karaj
IRQMJ|Masjed Soleyman
IRQSH|Qeshm island
IRQSM|Qeshm
IRQUM|Qum
IRQYS|Yasouj
IRRAS|Rasht
IRRBA|Ras Bahrgan
IRRJN|Rafsanjan
IRRTM|Ratawi
IRRZR|Ramsar
IRSAB|Sabzevar
IRSAN|Sahlan
IRSAZ|Sabzevar
IRSBR|Shahid Bahonar
IRSDG|Sanandaj
IRSEK|Shahr-e Kord
IRSEM|Semnan
IRSFN|Salafchegan
IRSHA|Shahrud
IRSHS|Shahriar
IRSIX|Sari
IRSMW|Samawa
IRSRA|Sarooj Anchorage
IRSRJ|Sirjan
IRSRP|Shahid Rajaee Pt/Bandar Abbas
IRSRY|Sary
IRSVH|Saveh
IRSXI|Sirri Island
IRSYZ|Shiraz
IRTAJ|Tajabad
IRTBZ|Tabriz
IRTCX|Tabas
IRTEW|Tohid
IRTHR|Tehran
IRTMB|Tombak
IRUIM|Urmia
IRUZA|Al Uzsayr
IRWPS|Persepolis
IRXBJ|Birjand
IRYAS|Yasuj
IRZAH|Zahedan
IRZAN|Zanjan
IRZBR|Chah Bahar
IRZVI|Zarand
KGALA|Alamedin
KGBYK|Balykchy
KGFRU|Bishkek (ex Frunze)
KGJLD|Jalal-Abad
KGKAB|Kara-Balta
KGKNT|Kant
KGMAN|Manas International Apt
KGNAR|Naryn
KGOSS|Osh
KGRBC|Rybacje
KZAAU|Aktau
KZABE|Aktobe
KZAGY|Aqtoghay
KZAKS|Aksay
KZAKX|Aqtobe (Aktyubinsk)
KZALA|Almaty
KZALS|Alashankou
KZARY|Arys
KZASA|Assa
KZASK|Aksukent
KZAST|Nur-Sultan
KZATX|Atbasar
KZAYK|Arkalyk
KZBAH|Balkhash
KZBKL|Beskol
KZBKZ|Baikonur
KZBTN|Bautino
KZBXH|Balhash
KZBXJ|Burundai
KZCIT|Shimkent
KZDMB|Zhambyl
KZDOS|Dosytk
KZDZH|Dzhambul
KZDZN|Zhezkazgan
KZEIK|Esik
KZEIL|Esil
KZEKB|Ekibastuz
KZEMB|Emba
KZGUW|Atyrau (ex Guryev)
KZHOR|Horgos
KZHRC|Zhairem
KZKGF|Karaganda
KZKHR|Khromtau
KZKKO|Akkol'
KZKOR|Kordai
KZKOV|Kokshetau
KZKPC|Kapchagay
KZKSN|Kostanay
KZKTO|Karaton
KZKUL|Kul'sary
KZKUR|Kuryk
KZKYH|Kandyagash
KZKZO|Kzyl-Orda
KZLAX|Ridder
KZLKK|Lisakovsk
KZMAM|Mamlyutka
KZMAN|Mankent
KZMDT|Madeniet
KZNOA|Novaya Shul'ba
KZNOV|Novoyamyshevo
KZOTE|Otegen Batyr
KZPLX|Semey (Semipalatinsk)
KZPPK|Petropavlovsk
KZPWQ|Pavlodar
KZQSY|Qulsary
KZQZQ|Qazyqurt
KZRNY|Rudnyy
KZRRK|Raygorodok
KZSCK|Shchuchinsk
KZSCO|Aktau Apt
KZSGU|Shyngyrlau
KZSGV|Semiglavyy Mar
KZSHA|Shakhtinsk
KZSHU|Shubarkuduk
KZSHY|Shymkent
KZSKO|Novonikolskoe
KZSRY|Saryagach
KZSTP|Stepnogorsk
KZSZI|Zaisan
KZTAL|Talgar
KZTAR|Taraz
KZTAU|Temirtau
KZTDK|Taldy-Kurgan
KZTGZ|Tengiz
KZTYK|Taldykorgan
KZUKK|Ust-Kamenogorsk
KZURA|Uralsk
KZUZE|Uzen
KZZAA|Chimkent
KZZAB|Kustanai
KZZAC|Kokchetav
KZZCH|Zashchita
KZZHA|Zhana-Aul
KZZRK|Zharkent
KZZYR|Zyryanovsk
RU7RS|Shemakha
RUAAD|Aleksandrov (Alexandrov)
RUAAQ|Anapa
RUABA|Abakan
RUABC|Ambarchik
RUABD|Abdulino
RUABK|Abinsk
RUABS|Akhtubinsk
RUACS|Achinsk
RUADH|Aldan
RUADT|Ardatov
RUAER|Sochi
RUAGI|Aginskoye
RUAGK|Angarsk
RUAHK|Arkhangel'skoye
RUAHR|Akhtari
RUAKH|Akhtirski
RUAKS|Aksay
RUALA|Nartkala
RUALE|Aleysk
RUALV|Aleksandrov
RUALX|Alekseyevka
RUAMB|Ambetsu
RUAMU|Amursk
RUAMV|Amderma
RUAPS|Apsheronsk
RUARH|Arkhangelsk
RUARM|Arman (Magadan)
RUARS|Arsenyev
RUART|Artjom
RUASB|Asbest
RUASF|Astrakhan
RUATK|Almetyevsk
RUATM|Artem
RUAVD|Avtoremzavod
RUAVR|Armavir
RUAXZ|Novaya Igirma
RUAZO|Azov
RUB2L|Shebekino
RUBA5|Sterlitamak
RUBAK|Baksan
RUBAL|Balobanovo
RUBAT|Bataysk
RUBAX|Barnaul
RUBBR|Buturlinovka
RUBCX|Beloreck
RUBDN|Budennovsk
RUBEE|Berezovskiy
RUBEK|Belorechensk
RUBEL|Belushye
RUBEM|Belomorsk
RUBER|Beringovskiy, Port
RUBEZ|Sebez
RUBGD|Bogdanovich
RUBGK|Boksitogorsk
RUBGR|Bagrationovsk
RUBGV|Bagaevskaya
RUBIY|Biysk
RUBKA|Moscow Bykovo Airport
RUBKH|Bektyashka
RUBKN|Bolshoy Kamen
RUBKT|Belaya Kalitva
RUBKV|Balakirevo
RUBLA|Balashikha
RUBLG|Blagoveshchensk
RUBLK|Balakhna
RUBLN|Balakhnya
RUBLT|Baltiysk
RUBN7|Terbuny
RUBNK|Bronka Port
RUBOG|Bogdanovo
RUBOR|Borisova
RUBOS|Boshnyakovo
RUBOV|Bolshaya Vishera
RUBQS|Blagoveschensk
RUBRD|Berdsk
RUBRK|Lomonosov
RUBRN|Bor
RUBRO|Bronnitsy
RUBRV|Borovichi
RUBRY|Bryansk
RUBRZ|Berezniki
RUBSN|Beslan
RUBSY|Bessergenevskaya
RUBTK|Bratsk
RUBUZ|Buzuluk
RUBVC|Borovichi
RUBVO|Belovo
RUBVV|Kuril'skiy Burevestnik AFB (Burevestnik AFB)
RUBWO|Balakovo
RUBZK|Bazaikha
RUCAI|Chaykovskiy
RUCEE|Cherepovets
RUCEK|Chelyabinsk
RUCHA|Chamgu
RUCHB|Chebarkul'
RUCHD|Chudovo
RUCHG|Chernaya Gryaz'
RUCHK|Chernyakhovsk
RUCHL|Chistopol
RUCHM|Chemashi
RUCHU|Chuya
RUCHY|Chusovoy
RUCHZ|Chamzinka
RUCIH|Chikacheva
RUCKH|Chokurdah
RUCKK|Cherkessk
RUCKL|Chkalovsky
RUCKV|Chekhov
RUCNN|Chulman
RUCPC|Cpc Terminal
RUCSH|Solovetsky
RUCSK|Chunskiy
RUCSY|Cheboksary
RUCTA|Chita
RUCYO|Chernyy Otrog
RUCYX|Cherskiy
RUDAZ|Dalzavod
RUDBK|Dubovka
RUDBO|Dubrovo
RUDDK|Dondukovskaya
RUDEE|Yuzhno-Kuril'sk
RUDHA|Derbeshkinskiy
RUDIN|Dinskaya
RUDKA|De-Kastri
RUDKO|Dorokhovo
RUDKS|Dikson
RUDKV|Dankov
RUDME|Domodedovo Apt/Moscow
RUDMT|Dimitrovgrad
RUDOL|Dolgoprudniy
RUDRH|Dorohova
RUDRU|Druzhniy
RUDTV|Dmitrov
RUDUB|Dubna
RUDUD|Dudinka
RUDVO|Davidovo
RUDYA|Dyad'kovo
RUDYR|Anadyr
RUDZE|Dzerzhinsk
RUEGO|Belgorod
RUEGV|Egvekinot
RUEIE|Eniseysk
RUEKO|Ekonomiya
RUEKY|Ekaterinovka
RUELG|Elektrogorsk
RUENE|Enem
RUESI|Esipovo
RUESL|Elista
RUESS|Yessentuki (Essentuki)
RUETL|Ertil'
RUEVK|Yegor'yevsk
RUEYK|Beloyarsky
RUEZV|Berezovo
RUFED|Fedorovskoye
RUFIP|Vladivostok
RUFKN|Fokino
RUFPT|Fish Port Terminal
RUFRY|Fryazino
RUFUR|Furmanov
RUGAL|Galenki
RUGAT|Gatchina
RUGDG|Magdagachi
RUGDN|Gverzdon'
RUGDO|Gdov
RUGDX|Magadan
RUGDZ|Gelendzik
RUGGJ|Georgiyevsk
RUGGT|Gigant
RUGK7|Gubakha
RUGKA|Golchikka
RUGKY|Gus Khrustalny
RUGNK|Giaginskaya
RUGOA|Gorno Altaisk
RUGOJ|Nizhniy Novgorod (ex Gorkiy)
RUGOR|Gorkino
RUGRA|Grabovo
RUGRH|Gremikha
RUGRK|Grodekovo
RUGRO|Gorelovo
RUGRV|Groznyj
RUGRY|Gryazi
RUGSA|Gorskaya
RUGUB|Gubkin
RUGUO|Znamenskoye Gubailovo
RUGUS|Gusevka
RUGVS|Gusevskiy
RUGVY|Gavrilov-Yam
RUGZV|Glazov
RUHGO|Chernogolovka
RUHOR|Horlovo
RUHRA|Khropunovo
RUHRV|Ust'-Khayryuzovo
RUHTA|Chita
RUHTG|Hatanga
RUHYR|Khyrov
RUHZO|Orekhovo-Zuevo
RUIAA|Igarka
RUIAR|Yaroslavl
RUIDG|Indiga
RUIJK|Izhevsk
RUIKJ|Isayevskoje
RUIKS|Tiksi
RUIKT|Irkutsk
RUIMM|Imeni Morozova
RUINA|Inta
RUIOK|Iokanka
RUIOY|Ikryanoye
RUIRB|Irbit
RUIRM|Igrim
RUISK|Iskitim
RUISM|Ishim
RUIST|Istra
RUIVA|Ivangorod
RUIVN|Ivanteyevka
RUIVO|Ivanovo
RUIWA|Ivanova
RUIZB|Izberbash
RUJOK|Joshkar-Ola
RUK8P|Peski
RUKAD|Korolev (ex Kaliningrad), Moskovskaya
RUKAG|Kagal'Nitskaya
RUKAK|Karabulak
RUKAL|Kalinets
RUKAM|Kamyshin
RUKAN|Kandalaksha
RUKAR|Karpinsk
RUKAS|Kashira
RUKAV|Kavalerovo
RUKBI|Slavyansk-Na-Kubani
RUKBK|Kubinka
RUKBR|Kanash
RUKCG|Kol'chugino
RUKCP|Kirovo-Chepetsk
RUKDK|Kodinsk
RUKDN|Kildin
RUKDT|Kronshtadt
RUKEJ|Kemerovo
RUKEM|Kem
RUKER|Keret
RUKGD|Kaliningrad
RUKGP|Kogalym
RUKGS|Kingisepp
RUKGV|Gvardeysk
RUKHA|Kharovsk
RUKHM|Khanty-Mansiysk
RUKHN|Kashin
RUKHO|Kholmsk
RUKHS|Khasan
RUKHV|Khabarovsk
RUKIK|Kirensk
RUKIM|Kimry
RUKIN|Kineshma
RUKIR|Kirishi
RUKIY|Kirovskiy
RUKJA|Krasnojarsk
RUKK3|Kamyshta
RUKKA|Kaznacheevka
RUKKI|Khimki
RUKKY|Sadovvy
RUKLB|Kazinka
RUKLF|Kaluga
RUKLI|Klin
RUKLK|Kulakovo
RUKLL|Svetlogorsk
RUKLM|Kolomna
RUKLN|Klin
RUKLP|Kolpino
RUKLR|Klinsky Rayon
RUKLT|Koltogorskiye
RUKLV|Kirillovka
RUKLY|Kalyazin
RUKMA|Kostomuksha
RUKMK|Krasnoarmeysk
RUKMM|Malaya Kheta
RUKMO|Kameshkovo
RUKMR|Kommunar
RUKMU|Kamskoye Ustye
RUKMV|Velikaya Kema
RUKMW|Kostroma
RUKNK|Krasnokamsk
RUKNL|Konets Lug
RUKNV|Krasnovodsk
RUKNY|Khvalynsk
RUKOH|Kokhma
RUKOK|Konakovo
RUKOL|Kolodeznyy
RUKON|Konakovo
RUKOR|Korsakov
RUKOT|Kotel'nyy
RUKOV|Kovrov
RUKOY|Koryazhma
RUKOZ|Kozelsk
RUKPA|Kondopoga
RUKPT|Kropotkin
RUKPY|Kirovskiy
RUKR9|Korenovsk
RUKRA|Krasnoyarsk
RUKRE|Krekshino
RUKRF|Korf
RUKRI|Krivosheino
RUKRK|Korkino
RUKRN|Krasnoobsk
RUKRO|Kurgan
RUKRP|Krasnaya Polyana
RUKRR|Krasnodar
RUKRS|Krasnogorsk
RUKRT|Krutogorovo
RUKRU|Krugloye Pole
RUKRY|Krasnyy Yar
RUKRZ|Kirzhach
RUKS2|Klimovsk
RUKS3|Kstovo
RUKSA|Kharasavey
RUKSH|Kamensk-Shahtinskiy
RUKSI|Kasimov
RUKSL|Kislaya Guba
RUKSN|Krasnoyarsk
RUKSO|Krasnotur'insk
RUKST|Kostarikha
RUKSZ|Kotlas
RUKTN|Kotel'nikovo
RUKTY|Khatyrka
RUKU2|Kursk
RUKU3|Kursk
RUKUB|Kubekovo
RUKUF|Samara
RUKUK|Kurkachi
RUKUL|Kultuk
RUKUR|Kureysk
RUKUY|Kamensk-Ural'skiy
RUKUZ|Kuznetsk
RUKVK|Kirovsk
RUKVO|Kolpashevo
RUKVS|Kirovsk
RUKVX|Kirov
RUKXK|Komsomolsk Na Amure
RUKYB|Krasnyye Barrikady
RUKYG|Krasnaya Glinka
RUKYI|Kolguyev Island
RUKYK|Kireyevskoye
RUKYM|Krymsk
RUKYS|Kyshtym
RUKYZ|Kyzyl
RUKZA|Klyaz'ma
RUKZH|Kozhevnikovo
RUKZM|Kozmino Port
RUKZN|Kazan
RUKZP|Kavkaz
RUKZY|Kaluzhskaya
RUL3N|Leninskiy
RULAB|Labinsk
RULAH|Lakhdenpokh'ja
RULAZ|Lazarev
RULBA|Lobnya
RULBU|Lyubim
RULDG|Leshukonskoye
RULDY|Lebedyan'
RULED|Saint Petersburg (ex Leningrad)
RULEK|Leningradskaya
RULEO|Leonova
RULES|Lesogorsk
RULEU|Leushinskiye
RULGA|Luga
RULIP|Sentsovo
RULKA|Luzhaika
RULNK|Lensk
RULNN|Leninogorsk
RULNO|Litkarino
RULNR|Linakhamari
RULNX|Smolensk
RULOM|Lomonosov
RULPK|Lipetsk (Lipeck)
RULSI|Liski
RULSS|Lesosibirsk
RULT5|Losino
RULUG|Lugovoye
RULVR|Lavrentiya
RULYU|Lyubuchany
RUM8R|Mozhga
RUMA2|Malino
RUMAA|Mal'chevskaya
RUMAG|Magadansky, Port
RUMAN|Manily
RUMAS|Miass
RUMAY|Mayma
RUMCG|Monchegorsk
RUMCX|Makhachkala
RUMDY|Mamadysh
RUMEG|Medvezhyegorsk
RUMEZ|Mezen
RUMGO|Mago
RUMIK|Mikhnevo
RUMJZ|Mirnyj
RUMKP|Maykop
RUMKR|Makarovo
RUMLO|Millerovo
RUMMK|Murmansk
RUMMO|Mamonova
RUMND|Mondy
RUMNK|Mariinsk
RUMOG|Mogochin
RUMOL|Molot
RUMON|Molchanovo
RUMOR|Morozovsk
RUMOS|Moskovskaya
RUMOT|Mytishchi
RUMOW|Moskva
RUMQF|Magnitogorsk
RUMRM|Murom
RUMRT|Mosrentgen
RUMRV|Mineralnye Vody
RUMSH|Mys Shmidta
RUMSK|Mishkino
RUMSL|Shelanger
RUMTS|Mtsensk
RUMVO|Moskalvo
RUMYB|Malyye Bazy
RUMYK|Malyye Kolpani
RUMYP|Mariinskiy Posad
RUMYS|Myskhako
RUMZV|Mezhevoy
RUN5V|Novoaleksandrovsk
RUNAC|Naberezhnyye Chelny
RUNAL|Nalchik
RUNAR|Narym
RUNAV|Navlya
RUNAZ|Nazran
RUNBC|Nebolchi
RUNCY|Naberezhnye Chelny
RUNDK|Novodvinsk
RUNEF|Neftekamsk
RUNEK|Nevinnomyssk
RUNEM|Neman
RUNER|Neryungri
RUNET|Voronets
RUNEV|Nevelsk
RUNFG|Nefteyugansk
RUNFK|Neftekumsk
RUNFM|Naro-Fominsk
RUNGI|Noginsk
RUNIA|Nikolayevsk-na-Amure
RUNIT|Nizhniy Tagil
RUNIZ|Nizhny Tagil
RUNJC|Nizhnevartovsk
RUNJK|Nakhodka
RUNKA|Medvenka
RUNKI|Naushki
RUNLK|Neftelensk
RUNMK|Novomoskovsk
RUNNM|Naryan Mar
RUNOA|Novo-Aleksandrovka
RUNOG|Nogliki
RUNOI|Novorossiysk
RUNOJ|Noyabrsk
RUNOK|Novotroitsk
RUNOU|Novouralsk
RUNOV|Novokuybyshevsk
RUNOY|Novoaltaysk
RUNOZ|Novokuznetsk
RUNPE|Nizhnyaya Pesha
RUNPK|Novospasskoye
RUNSK|Noril'sk
RUNUX|Novy Urengoy
RUNVK|Novocherkassk
RUNVL|Navoloki
RUNVO|Novoanninskiy
RUNVR|Novgorod
RUNVS|Novorossiysk
RUNVY|Novyy
RUNYA|Nyagan
RUNYB|Novy Byt
RUNYM|Nadym
RUNYY|Novaya Yelovka
RUNZK|Nizhnekamsk
RUNZL|Nizhniy Lomov
RUNZV|Novozybkov
RUOBK|Obninsk
RUOBY|Oktiabr'skiy
RUODY|Otradnoye
RUOHO|Okhotsk
RUOKA|Okha, Sakhalin
RUOKR|Kronstadt
RUOKT|Oktyabr'skiy
RUOKU|Okulovka
RUOKZ|Okruzhnoe
RUOLB|Bukhta Ol'ga
RUOLG|Olenya, Guba
RUOLK|Ol'khovatka
RUOLO|Oleniy Ostrov
RUOLP|Ol'ga
RUOMK|Olekminsk
RUOMS|Omsk
RUONE|Otradnoye
RUONG|Onega
RUORE|Orel
RUORL|Or'ol
RUOSF|Ostafyevo International Airport
RUOSK|Orenburgskiy
RUOSO|Odintsovo
RUOSS|Ossora
RUOSW|Orsk
RUOTR|Otradnyy
RUOVB|Novosibirsk
RUOVO|Belousovo
RUOYA|Olya
RUOYE|Oktyabrskoye
RUOZE|Oranzherei
RUOZK|Ozerko
RUOZR|Ozernovskiy
RUOZS|Ozeretskiy
RUOZY|Ozery
RUPAH|Pakhachi
RUPAL|Palana
RUPBJ|Pribrezhnoye
RUPCE|Pechenga
RUPDA|Pobeda
RUPDK|Podolsk
RUPDY|Pravdinskiy
RUPDZ|Priladozhsky
RUPEE|Perm
RUPEK|Petrokrepost
RUPER|Pereslavl'-Zalesskiy
RUPES|Petrozavodsk
RUPET|Pestovo
RUPEX|Pechora
RUPEZ|Penza
RUPFO|Parfino
RUPGE|Peregrebnoye
RUPGN|Prigorodnoye
RUPGO|Pargolovo
RUPHK|Petushki
RUPHS|Prokhorovskiy
RUPIY|Prohladniy
RUPKC|Petropavlovsk-Kamchatskiy
RUPKI|Pochinki
RUPKO|Pokrov
RUPKR|Pitkyaranta
RUPKV|Pskov
RUPLO|Pavlovo
RUPNV|Polnovat
RUPNY|Pionerskiy
RUPOK|Engels
RUPOS|Posin'ye
RUPOY|Pechory
RUPPZ|Podporozh'ye
RUPRA|Primorsko-Akhtarsk
RUPRI|Primorsk (Koivisto)
RUPRK|Pravdinsk
RUPRL|Proletarskiy
RUPRN|Poronaisk
RUPRO|Protvino
RUPRP|Purpe
RUPRV|Privolzhskiy
RUPRY|Preobrazheniye
RUPSE|Posyet
RUPSH|Pushkino
RUPSK|Privolzhsk
RUPTN|Plastun
RUPTP|Potapova
RUPTV|Pytalovo
RUPUD|Pudozh
RUPUK|Pushkin
RUPVE|Peresvet
RUPVK|Pervoural'sk
RUPVL|Pavlosk
RUPVS|Provideniya, Bukhta
RUPVX|Provedenia
RUPVY|Pavlovskiy Posad
RUPWE|Pevek
RUPYA|Pyatigorsk
RUPYJ|Polyarnyj
RUPYK|Primorsky Krai
RUPYO|Poyarkovo
RUPZK|Priozersk
RUPZY|Pereslavl-Zalesskiy
RUQSK|Baskan
RURAM|Ramenskoye
RURAT|Raduzhnyi
RURDP|Rudnaya Pristan
RUREK|Rekino-Kresty
RUREN|Orenburg
RUREP|Rep'yevka
RURNA|Rudnya
RURND|Rostov-na-Donu
RUROO|Krasnyy Sulin
RUROV|Rostov
RURSS|Rossosh'
RURTV|Reutov
RURTW|Saratov
RURUB|Rubnoye
RURUZ|Ruza
RURYB|Rybinsk
RURYK|Krasnoturansk
RURYS|Ryshkovo
RURZA|Donetsk
RURZB|Georgievsk
RURZC|Klimovsk
RURZD|Mamonovo
RURZE|Novoshakhtinsk
RURZF|Kurganinsk
RURZG|Severskaya
RURZH|Selyatino
RURZI|Tsimlyansk
RURZJ|Tihvin
RURZN|Ryazan
RURZV|Rzhev
RUSAA|Atkarsk
RUSAB|Sabetta
RUSAJ|Sajanogorsk
RUSAK|Aleksandrovsk-Sakhalinskiy
RUSAL|Salavat
RUSAR|Sarova
RUSAY|Sayanogorsk
RUSBK|Sambek
RUSBT|Shuya
RUSCW|Syktyvkar
RUSDK|Slobodskoy
RUSDS|Shadrinsk
RUSEG|Segezha
RUSER|Serafimovich
RUSEW|Severodvinsk
RUSGC|Surgut
RUSGK|Sosnogorsk
RUSGV|Sergiyev Posad
RUSHA|Shakhtersk
RUSHC|Shchelkovo
RUSHE|Shelekhov
RUSHK|Shakhun'Ya
RUSHN|Sheksna
RUSHU|Shushenskoye
RUSHV|Serpukhov
RUSHY|Shushary
RUSIN|Sobinka
RUSIV|Sergiev
RUSIZ|Siziman
RUSKA|Slavyanka
RUSKD|Skhodnya
RUSKH|Shumikha
RUSKK|Semikarakorsk
RUSKO|Skopin
RUSKV|Staraya Kupavna
RUSKX|Saransk
RUSLA|Shala
RUSLH|Salekhard
RUSLK|Solovki
RUSLO|Sertolovo
RUSLV|Solovyevsk
RUSLY|Salehard
RUSMK|Samarskoye
RUSNA|Shcherbinka
RUSNG|Solnechnogorsk
RUSNN|Sennoy
RUSNV|Safonovo
RUSNY|Slantsy
RUSOB|Sosnovyy Bor
RUSOC|Sochino
RUSOG|Sovetskaya Gavan
RUSOK|Solikamsk
RUSOL|Sokol
RUSOO|Sakmarskiy
RUSOV|Sovetskiy
RUSPA|Spafaryeva, O
RUSPO|Stupino
RUSPP|Petrolesport
RUSPY|Saperniy
RUSRM|Severomorsk
RUSRP|Sarapul
RUSRT|Sarepta
RUSRV|Serov
RUSRY|Spassk-Ryazanskiy
RUSSK|Sovetsk
RUSSL|Sal'sk
RUSSR|Shushary
RUSSY|Sosenskiy
RUSTA|Shatura
RUSTO|Staryy Oskol
RUSTR|Streika
RUSTV|Stavrovo
RUSTW|Stavropol
RUSTY|Svetlyy
RUSUP|Suponevo
RUSVB|Severobaykal'sk
RUSVE|Svetlaya
RUSVG|Svetogorsk
RUSVK|Severo-Kurilsk
RUSVO|Sheremetyevo Apt/Moscow
RUSWT|Strzhewoi
RUSYR|Staraya Russa
RUSYY|Sayanskaya
RUSYZ|Syzran
RUSZZ|Sestroretsk
RUT5V|Borisovka
RUTAA|Tatarstan
RUTAG|Taganrog
RUTAL|Talakan
RUTAM|Taman'
RUTAT|Tatishchevo
RUTAU|Tauisk
RUTAV|Tavda
RUTAY|Tayura
RUTAZ|Tazovskiy
RUTB8|Tbilisskaya
RUTBW|Tambov
RUTDO|Trudfront
RUTEM|Temirtau
RUTHK|Torzhok
RUTHV|Tuchkovo
RUTIG|Tigil'
RUTIK|Tikhvin
RUTIL|Tilichiki
RUTJM|Tyumen
RUTKA|Satka
RUTKY|Tverskaya
RUTML|Tomilino
RUTMR|Temryuk
RUTOF|Tomsk
RUTOI|Tol'yatti
RUTOX|Tobolsk
RUTRK|Troitsk
RUTRO|Troitsk, Mordovia
RUTRR|Trifonov Ruchey
RUTSO|Tosno
RUTTI|Tolyatti
RUTUA|Tuapse
RUTVA|Tolvuya
RUTVE|Tverskoye
RUTVK|Timashevsk
RUTVR|Tver'
RUTYA|Tula
RUTYD|Tynda
RUTYG|Tygda
RUTYL|Tyulkino
RUUCH|Ust Chaun
RUUCT|Ukhta
RUUEL|Uelen
RUUFA|Ufa
RUUGC|Uglich
RUUGL|Uglegorsk
RUUIK|Ust-Ilimsk
RUUKK|Ust-Kamchatsk
RUUKX|Ust-Kut
RUULK|Ust'-Labinsk
RUULU|Ust'-Luga
RUULY|Ulyanovsk (Simbirsk)
RUUMB|Umba
RUUMT|Umet
RUURA|Ura-Guba
RUURJ|Uraj
RUURS|Kursk
RUURY|Uryupinsk
RUUSA|Usad
RUUSK|Usinsk
RUUSS|Ussuriysk
RUUSU|Urussu
RUUUA|Bugulma
RUUUD|Ulan-Ude
RUUUS|Yuzhno-Sakhalinsk
RUUZL|Uzlovaya
RUVAO|Vassilevsky Ostrov/St Petersburg
RUVAR|Varandey
RUVAY|Vaygach
RUVCG|Vichuga
RUVER|Verkhnyaya Khava
RUVGD|Vologda
RUVHS|Volzhsky
RUVIC|Vyshniy Volocheck
RUVIT|Vitino
RUVKO|Vnukovo Apt/Moscow
RUVKR|Vankarem
RUVKS|Voskresensk
RUVKT|Vorkuta
RUVLA|Vladikavkaz
RUVLD|Volodarsk
RUVLG|Volga
RUVLK|Volgodonsk
RUVLO|Volokolamsk
RUVLU|Velikiye Luki
RUVLY|Valuyki
RUVLZ|Vetluzhskiy
RUVMR|Vladimir, Vladimirskaya
RUVMS|Vostokmorservice
RUVND|Velikiy Novgorod
RUVNN|Vanino
RUVNP|Verkhnedneprovskiy
RUVNY|Venyov
RUVOG|Volgograd
RUVOI|Voinovka
RUVOK|Volkhov
RUVOL|Volosovo
RUVOS|Voskresensk
RUVOT|Votkinsk
RUVOY|Uzlovoy
RUVOZ|Voronezh
RUVPO|Vyatskiye Polyany
RUVPY|Verkhnyaya Pyshma
RUVRA|Vrangel'
RUVRH|Verkhove
RUVRK|Verkhnyaya Salda
RUVRS|Vorsino
RUVSB|Vol'sk
RUVSE|Vsevolozhsk
RUVSG|Vyshgorod
RUVSK|Vesyegonsk
RUVTM|Vitim
RUVTY|Vorotynsk
RUVTZ|Vityaz
RUVUS|Velikij Ustyug
RUVVO|Vladivostok
RUVYA|Vyartsilya
RUVYE|Vertikoye
RUVYG|Vyborg
RUVYK|Vyksa
RUVYL|Vyl'gort
RUVYP|Vostochnyy Port
RUVYS|Vysotsk
RUVZA|Vyaz'ma
RUVZB|Vozrozhdeniya, Bukhta
RUVZH|Volzhsk
RUXC2|Kotel'niki
RUYAB|Yagelnaya Bukhta
RUYAG|Yagodnyy
RUYAM|Yamburg
RUYAN|Yanino
RUYBE|Yelabuga
RUYEF|Yefremov (Efremov)
RUYEK|Ekaterinburg (Yekaterinburg)
RUYEY|Yeysk
RUYKS|Yakutsk
RUYLT|Yelets
RUYTS|Yartsevo
RUZAL|Zavolzh'ye
RUZAO|Zavyalova, O
RUZAR|Zarubino
RUZAV|Zav'yalovo
RUZBK|Zabaykal'sk
RUZCA|Balozhi
RUZDK|Zelenodol'sk
RUZEL|Zelenograd
RUZEM|Zeleniy Mys
RUZHI|Zhirnovsk
RUZHL|Zheleznodorozhniy
RUZIK|Zainsk
RUZKA|Zhukovka, Bryansk
RUZLD|Zolotaya Dolina
RUZLY|Zlynka
RUZNK|Znamenka
RUZPY|Zapolyarnyy
RUZRK|Zarinsk
RUZSK|Zheleznovodsk
RUZSY|Zhukovskiy
RUZTT|Zlatoust
RUZVK|Zmiyevka
RUZVZ|Zavolzhye
RUZYK|Zaraysk
RUZZO|Zheleznogorsk
RUZZR|Zaozer'ye
TJCHK|Chkalovsk
TJDYU|Dushanbe
TJGAM|Garm
TJKHI|Khirmanak
TJKHU|Khujand
TJKLB|Kulob
TJKUR|Qurghonteppa
TJLBD|Khudzhand
TJNUK|Nurak (Nurek)
TJPJK|Penjikent
TJSFA|Isfara
TJSTZ|Shaartuz
TJVAH|Vahdat
TMAGT|Ashgabat
TMAKD|Akdepe
TMALT|Altyn Asyr
TMAMY|Amyderya
TMASB|Ashkhabad
TMBAB|Babadayhan
TMBAH|Baherden
TMBAL|Balkanabat
TMBAY|Bayramaly
TMBKH|Bekdash
TMBOL|Boldumsaz
TMBZY|Buzmeyin
TMCHE|Cheleken
TMCJV|Charjew
TMCRZ|Tchardjou
TMDHZ|Dashhowuz
TMFAR|Farap
TMGAL|Galkynys
TMGUB|Gubadag
TMGYP|Gypjak
TMHAL|Halach
TMJEB|Jebel
TMKAK|Kaka
TMKER|Kerkichi
TMKHS|Khodzhambas
TMKON|Koneurgench
TMKRA|Krasnovodsk
TMKRW|Turkmenbashi
TMKUK|Kushka
TMLEB|Lebap
TMMUR|Murgap
TMMYP|Mary
TMSAK|Sakar
TMSAY|Sayat
TMSHI|Shirvan-Kala
TMSRK|Sarakhs
TMTAG|Tagta
TMTAZ|Tashauz
TMTEJ|Tejen
TMTK5|Turkmenabat
TMTMZ|Termez
TMTUR|Turkmen-Kala
TMYLA|Yylanly
TMYOL|Yoloten
TMZ7H|Hazar
TR9AK|Pasakoy
TRABH|Basaksehir
TRABK|Alibeykoy
TRACI|Acibadem
TRADA|Adana
TRADB|Izmir Adnan Menderes International Airport
TRADI|Adiyaman
TRADK|Anadolukavagi
TRADN|Aydin
TRADY|Yumurtalik
TRADZ|Adapazari
TRAFY|Afyonkarahisar
TRAHM|Ahmetli
TRAHR|Aksehir
TRAHS|Akhisar
TRAIZ|Altinusagi
TRAJI|Agri
TRAKA|Antakya
TRAKB|Akcaabat
TRAKC|Akcansa
TRAKD|Akdeniz
TRAKI|Akseki
TRAKS|Aksaray
TRAKY|Akcay
TRAKZ|Akyazi
TRALA|Alanya
TRALE|Alemdag
TRALI|Aliaga
TRALT|Altintepe
TRAMA|Amasra
TRAMB|Ambarli
TRAMR|Ambarli
TRAMY|Amasya
TRANA|Anamur
TRANC|Alsancak
TRANK|Ankara
TRAPI|Alapli
TRAPY|Acipayam
TRARD|Ardahan
TRARE|Arifiye
TRARI|Ayranci
TRARM|Armutlu
TRARN|Arnavutkoy/Istambul
TRARY|Aksaray
TRASF|Kayseri Free Zone
TRASH|Alasehir
TRASR|Kayseri
TRATA|Atakoy
TRATS|Altinsehir
TRATV|Altinova
TRAUT|Yenikoy-Autoport
TRAVC|Avcilar
TRAVE|Avcilar
TRAVN|Artvin
TRAYA|Ayancik
TRAYD|Altinkum
TRAYK|Aydinlikoy
TRAYS|Ayas
TRAYT|Antalya
TRAYV|Ayvalik
TRAYZ|Ayazaga
TRBAB|Babaeski
TRBAC|Bahcesaray
TRBAF|Bafra
TRBAG|Bagcilar
TRBAH|Bahcelievler
TRBAK|Bakirkoy
TRBAL|Batman
TRBAN|Banaz
TRBAS|Basmahane
TRBAY|Bayrampasa
TRBBD|Babadag
TRBBI|Beylerbeyi
TRBBP|Baba Point
TRBCE|Buyukcekmece
TRBCK|Bucak
TRBDG|Bozdogan
TRBDM|Bandirma
TRBDN|Buldan
TRBDR|Burdur
TRBER|Bergama
TRBEY|Beykoz
TRBGB|Baglarbasi
TRBGD|Bigadic
TRBHN|Burhaniye
TRBIG|Biga
TRBIL|Bilecik
TRBIN|Bingol
TRBIT|Bitlis
TRBKA|Buyukkaristiran
TRBKC|Basmakci
TRBKY|Baskoy
TRBLA|Bala
TRBLY|Balya
TRBNI|Bornova/Izmir
TRBOG|Bogazagzi
TRBOL|Bolu
TRBON|Bogazliyan
TRBOR|Bornova
TRBOS|Bostanci
TRBOT|Botas
TRBPZ|Beypazari
TRBTN|Bartin
TRBTS|Besiktas
TRBTZ|Bursa
TRBUC|Buca
TRBUH|Buharkent
TRBUY|Buyukcukur
TRBVN|Bolvadin
TRBXN|Bodrum
TRBYD|Beydag
TRBYL|Beylikduzu
TRBYM|Bayramic
TRBYN|Bayindir
TRBYO|Beyoglu
TRBYR|Bayramoglu
TRBYS|Beysehir
TRBYT|Bayburt
TRBZB|Bozburun
TRBZC|Bozcaada
TRBZI|Balikesir
TRBZY|Bozuyuk
TRCAB|Caybasi
TRCAK|Cakmak
TRCAL|Cal
TRCAM|Camalti
TRCAN|Can
TRCAR|Cardak
TRCAT|Catalca
TRCAY|Cayirova
TRCCY|Cay
TRCDR|Camlidere
TRCEM|Cemberlitas
TRCES|Cesme
TRCEV|Cevizli
TRCEY|Ceyhan
TRCHB|Cihanbeyli
TRCID|Cide
TRCIF|Ciftehavuzlar
TRCIG|Cigli
TRCIN|Cine
TRCIR|Cihangir
TRCIV|Civril
TRCKG|Colakoglu
TRCKM|Cakmakli
TRCKO|Cekmekoy
TRCKR|Cankiri
TRCKY|Cerkezkoy
TRCKZ|Canakkale
TRCMB|Camdibi
TRCML|Camlica
TRCMR|Cumra
TRCNE|Cigne
TRCNR|Cobanlar
TRCOM|Corum
TRCOR|Corlu
TRCTK|Celtik
TRCTR|Cifteler
TRCUB|Cubuklu
TRCUM|Caycuma
TRCVD|Cavdir
TRCZE|Cizre
TRD8T|Erenler
TRDAN|Dardanelles
TRDAR|Darica
TRDAT|Datca
TRDAV|Davutpasa
TRDAZ|Dazkiri
TRDCI|Demirci
TRDDM|Didim
TRDEK|Derekoy
TRDEM|Demirkoy
TRDFZ|Denizli Osb
TRDHN|Doganhisar
TRDIK|Dikili
TRDIL|Diliskelesi
TRDIY|Diyarbakir
TRDLM|Dalaman
TRDLV|Dilovasi
TRDMC|Domanic Kozluca
TRDMK|Demirkapi
TRDMR|Demirciler
TRDMT|Demirtas
TRDNR|Dinar
TRDNZ|Denizli
TRDOG|Dogubayazit
TRDOL|Dolayoba
TRDPR|Dumlupinar
TRDPS|Davutpasa
TRDRC|Derince
TRDRK|Devrek
TRDRY|Dursunbey
TRDUD|Dudullu
TRDUZ|Duzce
TRDYL|Dortyol
TREAL|Dosemealti
TREBN|Elbistan
TRECE|Eceabat
TREDI|Edirne
TREDK|Edincik
TREDO|Edremit
TREEK|Emek
TREGI|Egirdir
TREGZ|Emirgazi
TRELI|Eregli
TRELM|Elmali
TREME|Emet
TREMG|Emirdag
TREMI|Eminonu
TREMK|Ermenek
TRENE|Enez
TRERC|Erzincan
TRERE|Eregli
TRERG|Konya Ereglisi
TRERK|Erdek
TRERN|Erenkoy
TRERZ|Erzurum
TRESB|Esenboga Apt/Ankara
TRESE|Esenler
TRESK|Eskisehir
TRESM|Esme
TRESP|Porsuk
TRESY|Esenyurt
TRETI|Etiler
TREVY|Evyapan
TREYP|Evyap Port /Kocaeli
TREYU|Eyup
TREZI|Ezine
TREZS|Elazig
TRFAS|Fatsa
TRFAT|Fatih
TRFET|Fethiye
TRFIK|Fikirtepe
TRFIN|Finike
TRFLO|Florya
TRFOC|Foca
TRFRZ|Firuzkoy
TRGAY|Gayrettepe
TRGAZ|Gaziosmanpasa
TRGBS|Golbasi
TRGCA|Gokceada
TRGCK|Gocek
TRGDS|Gordes
TRGDZ|Gediz
TRGEB|Gebze
TRGEL|Gelibolu
TRGEM|Gemlik
TRGER|Gerede
TRGEY|Geyve
TRGHN|Gumushane
TRGHY|Sahinbey
TRGIR|Giresun
TRGIU|Nizip
TRGKV|Akcapinar
TRGLP|Golpazari
TRGMA|Golmarmara
TRGMS|Gumusova
TRGOK|Golcuk
TRGON|Gonen
TRGOR|Gorele
TRGOZ|Goztepe
TRGPR|Gurpinar
TRGRK|Germencik
TRGRS|Gursu
TRGSZ|Gazipasa
TRGTA|Galata
TRGUG|Gungoren
TRGUL|Gulluk
TRGUM|Gumussuyu
TRGUN|Gunesli
TRGUZ|Guzelbahce
TRGYB|Gunesli Yenibosna
TRGYN|Goynuk
TRGZE|Gerze
TRGZM|Gaziemir
TRGZR|Gaziler
TRGZT|Gaziantep
TRHAB|Habibler
TRHAD|Boyalik
TRHAE|Harbiye
TRHAK|Hakkari
TRHAL|Halkali
TRHAP|Hasanpasa
TRHAR|Haramidere
TRHAS|Haskoy
TRHAT|Hatay
TRHAV|Havsa
TRHAY|Haydarpasa
TRHEN|Hendek
TRHER|Hereke
TRHIS|Hisaronu
TRHMA|Haymana
TRHMY|Hadimkoy
TRHOP|Hopa
TRHSG|Hasanoglan
TRHVR|Havran
TRHYR|Hayrabolu
TRICE|Icerenkoy
TRICO|Incirliova
TRIDM|Isdemir
TRIDS|Icdas Jetty
TRIGD|Igdir
TRIGN|Igneada
TRIGT|Battalgazi
TRIHY|Ihsaniye
TRIKI|Ikitelli
TRILG|Ilgin
TRILI|Ilic
TRINC|Incirlik
TRINE|Inebolu
TRINH|Inhisar
TRINL|Inegol
TRINO|Inonu
TRIPS|Ipsala
TRISE|Isparta
TRISI|Istoc
TRISK|Iskenderun
TRISL|Istanbul New Airport
TRIST|Istanbul
TRITY|Istinye/Istambul
TRIZK|Iznik
TRIZM|Izmir
TRIZT|Izmit
TRJBB|Bayrakli
TRJKS|Karsiyaka
TRJYN|Yenikoy
TRK7A|Kapakli
TRKAD|Kadikoy
TRKAG|Kagithane
TRKAL|Kalekoy
TRKAN|Kandira
TRKAR|Kartal
TRKAS|Kas
TRKAV|Kavacik
TRKAY|Kaynarca
TRKAZ|Kazlicesme
TRKBG|Kumburgaz
TRKBK|Karabuk
TRKBN|Karaburun
TRKBS|Kabatas
TRKBY|Karacabey
TRKCA|Kaynarca
TRKCB|Keciborlu
TRKCE|Kucukcekmece
TRKCK|Kuyucak
TRKCL|Kocarli
TRKCM|Kahramanmaras
TRKCO|Kocaeli
TRKCS|Kocabas
TRKCU|Karacasu
TRKCZ|Koycegiz
TRKEB|Keban
TRKEM|Kemerburgaz
TRKES|Kesan
TRKFK|Kefken
TRKFZ|Korfez
TRKGK|Karagedik
TRKHN|Kadinhani
TRKIC|Kirkagac
TRKIL|Kilis
TRKIR|Kirklareli
TRKIS|Kayisdagi
TRKIZ|Kiziltoprak
TRKKB|Kazimkarabekir
TRKKC|Akcakoca
TRKKL|Konakli
TRKKY|Karakoy/Istambul
TRKLA|Kula
TRKLL|Kullar
TRKLS|Keles
TRKLU|Karpuzlu
TRKMN|Karaman
TRKMP|Kasimpasa
TRKMR|Kemer
TRKMX|Kumport
TRKN2|Konak
TRKNK|Kinik
TRKNL|Kaynasli
TRKOC|Kusukkuyu
TRKOK|Evrensekiz
TRKOR|Korkuteli
TRKOY|Kemerkoy
TRKOZ|Kozyatagi
TRKPE|Kartepe
TRKPN|Karapinar
TRKPR|Kopru
TRKPS|Kemalpasa
TRKPU|Kapikule
TRKPY|Kapikoy
TRKRB|Karabiga
TRKRC|Kirac
TRKRH|Karahanli
TRKRK|Kirikkale
TRKRM|Karamursel
TRKRP|Karapurcek
TRKRS|Karasu
TRKRT|Karatas
TRKRZ|Kiraz
TRKSH|Kirsehir
TRKSK|Kosk
TRKSL|Kestel
TRKSP|Port of Karasu
TRKST|Kepsut
TRKSY|Kars
TRKTM|Kastamonu
TRKTS|Kabatas
TRKTY|Kutahya
TRKUB|Kuyubasi
TRKUC|Kucukbakkal
TRKUE|Kure
TRKUK|Kucukkoy
TRKUL|Kulu
TRKUM|Kumluca
TRKUR|Kurtkoy
TRKUS|Kusadasi
TRKUY|Kucukyali
TRKUZ|Kuzuluk
TRKY8|Akyurt
TRKYA|Konya
TRKYR|Koyundere
TRKZE|Kiziltepe
TRKZI|Kazanli
TRKZM|Kizilcahamam
TRKZN|Kozan
TRKZZ|Kazan
TRLAL|Lalapasa
TRLAP|Lapseki
TRLEV|Levent
TRLMA|Limas
TRLMG|Elmadag
TRLUL|Luleburgaz
TRM47|Nusaybin
TRMAD|Mardas
TRMAH|Mahmutbey
TRMAL|Maltepe
TRMAM|Manisa
TRMAR|Marmara Ereglisi
TRMAS|Maslak
TRMDN|Mardin
TRMDR|Mudurnu
TRMDY|Muradiye
TRMEK|Mevlanakapi
TRMEN|Menderes
TRMER|Mersin
TRMFZ|Mersin-Free Zone
TRMGL|Icmeler
TRMHM|Mahmudiye
TRMIL|Milas
TRMIM|Mimarsinan
TRMKG|Melikgazi
TRMKP|Mustafa Kemalpasa
TRMLK|Malkara
TRMLX|Malatya
TRMNM|Menemen
TRMPT|Marport
TRMQJ|Merkez Apt/Balikesir
TRMRA|Marmara Adasi
TRMRC|Meric
TRMRM|Marmaris
TRMRT|Merter
TRMSR|Mus
TRMUD|Mudanya
TRMUG|Mugla
TRMUR|Muratli
TRMUT|Mut
TRMVG|Manavgat
TRMYS|Manyas
TRMZH|Merzifon
TRNAL|Nallihan
TRNEM|Nemrut Bay
TRNEV|Nevsehir
TRNIG|Nigde
TRNIL|Nilufer
TRNZL|Nazilli
TRODE|Odemis
TRODU|Odunluk
TROGZ|Orhangazi
TROHL|Orhaneli
TROIY|Kadirli
TROKM|Okmeydani
TROKY|Ortakoy
TROLI|Osmaneli
TROMB|Osmanbey
TROME|Omerli
TROPR|Oncupinar
TRORD|Ordu
TRORH|Orhanli
TRORN|Ornektepe
TRORT|Ortaca
TROSE|Osmaniye
TROSZ|Osmangazi
TRPAM|Ambarli
TRPAS|Pasabahce
TRPAY|Payas
TRPAZ|Pazarkule,
TRPEH|Pehlivankoy
TRPEN|Pendik
TRPIN|Pinarhisar
TRPLP|Poliport
TRPOV|Pamukova
TRPTL|Polatli
TRPUR|Pursaklar
TRPYI|Pazaryeri
TRPZR|Pazar
TRPZZ|Pozanti
TRRAH|Rahmanlar
TRRAI|Rami
TRRAM|Raman
TRRCS|Ercis
TRRES|Resadiye
TRREY|Reyhanli
TRRIZ|Rize
TRRSN|Arsin
TRRZY|Rota-Izmit Bay
TRSAF|Safranbolu
TRSAK|Sakarya
TRSAL|Salihli
TRSAM|Samandira
TRSAR|Saray
TRSAS|Sasalli
TRSAW|Sabiha Gokcen Apt/Istanbul
TRSCA|Sapanca
TRSCK|Selcuk
TRSCN|Sincan
TRSDG|Sindirgi
TRSDI|Sultandagi
TRSEF|Sefakoy
TRSEI|Serik
TRSEL|Selimiye
TRSEN|Senirkent
TRSER|Serviburun
TRSEY|Seydisehir
TRSFH|Seferihisar
TRSFQ|Sanliurfa
TRSGL|Sarigol
TRSGT|Sogut
TRSHK|Sehitlik
TRSHL|Saruhanli
TRSHN|Saphane
TRSHR|Sultanhisar
TRSIC|Sinop
TRSIL|Silivri
TRSIR|Sirkeci
TRSIS|Sisli
TRSKE|Soke
TRSKH|Sereflikochisar
TRSKK|Isikkent
TRSKP|Sancaktepe
TRSKR|Sarkikaraagac
TRSKY|Saraykoy
TRSLE|Sile
TRSMA|Soma
TRSMV|Simav
TRSND|Samandag
TRSNK|Sirnak
TRSNU|Sarayonu
TRSOG|Sogutlu
TRSRC|Sarnic
TRSRG|Sarigazi
TRSRK|Sarkoy
TRSRL|Saraylar
TRSRN|Sirinevler
TRSRS|Sariseki
TRSRY|Sariyer
TRSSL|Susurluk
TRSSX|Samsun
TRSSZ|Susuz
TRSTL|Siteler
TRSTR|Atasehir
TRSUA|Suadiye
TRSUR|Surmene
TRSUT|Sutluce
TRSVR|Sivrihisar
TRSVS|Sivasli
TRSXZ|Siirt
TRSYR|Seyrantepe
TRSYT|Seyitgazi
TRSZF|Carsamba Apt/Samsun
TRTAK|Taksim/Istambul
TRTAR|Tarsus
TRTAS|Tasucu
TRTAV|Tavas
TRTBY|Tarabya
TRTEK|Tekirdag
TRTFN|Tefenni
TRTFZ|Tuzla Free Zone
TRTGL|Turgutlu
TRTGT|Toros Gubre Terminal, Gubre
TRTIR|Tirebolu
TRTJK|Tokat
TRTKY|Turankoy
TRTOC|Topcular
TRTOK|Topkapi
TRTOP|Topkapi
TRTOR|Torbali
TRTPI|Tepebasi
TRTRE|Tire
TRTSD|Tasdelen
TRTSK|Taskent
TRTUN|Tunceli
TRTUR|Turan
TRTUT|Tutunciftlik
TRTUZ|Tuzla
TRTVS|Tavsanli
TRTZX|Trabzon
TRULA|Ula
TRULS|Ulas
TRULU|Ulubey
TRUMR|Umraniye
TRUNY|Unye
TRURL|Urla
TRUSA|Usak
TRUSK|Uskudar
TRUUS|Ulus
TRUZA|Aydinlik Koy
TRUZC|Pinarbasi
TRUZD|Sekerpinar
TRUZE|Antalya Free Zone
TRUZU|Uzunkopru
TRVAK|Vakfikebir
TRVAN|Van
TRVAS|Sivas
TRVIZ|Vize
TRVLM|Velimese
TRYAK|Yakacik
TRYAL|Yalova
TRYAR|Yarimca
TRYAT|Yesilkoy
TRYBS|Yenibosna
TRYCA|Yenicaga
TRYDG|Yenidogan
TRYEH|Yenimahalle
TRYEK|Yenikoy
TRYEN|Yenice
TRYES|Yesilkoy
TRYEZ|Yenipazar
TRYIK|Yesilovacik
TRYKP|Yakuplu
TRYLA|Yalova
TRYLI|Sultanbeyli
TRYLV|Yalvac
TRYOJ|Baspinar
TRYOZ|Yozgat
TRYPO|Yilport
TRYPZ|Yenipazar
TRYSR|Yenisehir
TRYTG|Yatagan
TRYUK|Yuksekova
TRYUM|Yumurtalik Bay
TRYYL|Yayalar
TRYYT|Yesilyurt
TRZCA|Cankaya
TRZEY|Zeytinburnu
TRZIN|Erzin
TRZNT|Uzuntarla
TRZON|Zonguldak
UZ6BT|Kungrad
UZAGN|Ohangaron
UZAKT|Akaltyn
UZALK|Almalyk
UZALT|Altyaryk
UZASA|Asaka
UZAST|Astana
UZAZN|Andizhan
UZBHK|Bukhara
UZCHU|Chukur-Say
UZCKT|Chimkent
UZFEG|Fergana
UZGST|Guliston
UZGUT|Urgut
UZJIZ|Jizzakh
UZKAM|Kamashi
UZKBZ|Karaulbazar
UZKGS|Kengsoy
UZKHM|Khamza
UZKKH|Khanabad
UZKOK|Kokand
UZKPA|Karakalpakiya
UZKSQ|Karshi
UZMGN|Marghilon
UZNCU|Nukus
UZNMA|Namangan
UZNVI|Navoi Apt.
UZNWY|Nawoiy
UZQAR|Qarshi
UZQUN|Qunghirot
UZSHU|Shurkhasan
UZSKD|Samarkand
UZSYA|Sary-Assiya
UZTAS|Tashkent
UZTER|Termez
UZTSH|Sergeli
UZUCH|Uchquduq
UZUGC|Urganch (Urgench)
UZULU|Ulugbek
UZYLH|Yalangach
UZZAR|Zarafshon
UZZER|Zeravshan
"""
