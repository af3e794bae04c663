"""Where posts, offices and towns are, in degrees. Made by scripts/derive_codelists; do not edit."""

ROWS = """\
code|country|name_en|name_ru|lat|lon|rough
|CN|Khorgos|Хоргос|44.2|80.3|rough
|CN|Khorgos|Хоргос|44.2|80.4|rough
|KG|Ak-Zhol|Ак-Жол|42.9|74.7|rough
|KG|Bishkek|Бишкек|42.87|74.59|
|KG|Karamyk|Карамык|39.5|71.7|rough
|KG|Kyzyl-Bel|Кызыл-Бел|40.0|70.6|rough
|KG|Osh|Ош|40.53|72.80|
|KZ|Aktobe|Актобе|50.28|57.17|
|KZ|Almaty|Алматы|43.24|76.93|
|KZ|Altynkol|Алтынколь|44.2|80.3|rough
|KZ|Astana|Астана|51.17|71.43|
|KZ|B. Konysbayeva|Б. Конысбаева|41.0|68.8|rough
|KZ|Beyneu (Oasis)|Бейнеу (Оазис)|44.75|56.08|
|KZ|Kaplanbek|Капланбек|41.4|69.2|rough
|KZ|Karaganda|Караганда|49.80|73.10|
|KZ|Korday|Кордай|42.9|74.7|rough
|KZ|Kyzylorda|Кызылорда|44.85|65.51|
|KZ|Nur Zholy|Нур Жолы|44.2|80.4|rough
|KZ|Oral|Уральск|51.23|51.37|
|KZ|Saryagash|Сарыагаш|41.45|69.17|
|KZ|Shymkent|Шымкент|42.32|69.60|
|KZ|Taraz|Тараз|42.90|71.37|
|KZ|Tazhen|Тажен|44.8|56.1|rough
|KZ|Zhibek Zholy|Жибек Жолы|41.5|69.4|rough
|RU|Verkhny Lars|Верхний Ларс|42.75|44.63|
|TJ|Bokhtar|Бохтар|37.84|68.78|
|TJ|Dushanbe|Душанбе|38.56|68.77|
|TJ|Dusti (Tursunzoda)|Дусти (Турсунзаде)|38.5|68.2|rough
|TJ|Fotekhobod|Фотехобод|40.6|69.0|rough
|TJ|Guliston|Гулистон|40.0|70.6|rough
|TJ|Isfara|Исфара|40.13|70.63|
|TJ|Kanibadam|Канибадам|40.3|70.4|rough
|TJ|Karamyk|Карамык|39.5|71.7|rough
|TJ|Khoshadi|Хошади|37.4|68.0|rough
|TJ|Khujand|Худжанд|40.28|69.62|
|TJ|Kulob|Куляб|37.91|69.78|
|TJ|Nau (Spitamen)|Нау (Спитамен)|40.2|69.3|rough
|TJ|Pakhtaabad|Пахтаабад|38.5|68.2|rough
|TJ|Sarazm|Саразм|39.5|67.4|rough
|TJ|Spitamen|Спитамен (Бекабад)|40.2|69.2|rough
|UZ|Amuzang|Амузанг|37.4|68.0|rough
|UZ|Bekabad|Бекабад|40.2|69.3|rough
|UZ|Bukhara|Бухара|39.77|64.42|
|UZ|Dautota|Даутота|44.8|56.1|rough
|UZ|Gisht-Kuprik|Гишт-Куприк|41.5|69.4|rough
|UZ|Jartepa|Джартепа|39.5|67.4|rough
|UZ|Karakalpakiya|Каракалпакия|44.75|56.08|
|UZ|Keles|Келес|41.45|69.17|
|UZ|Kudukli|Кудукли|38.5|68.2|rough
|UZ|Navoi|Навои|41.4|69.2|rough
|UZ|Oybek|Ойбек|40.6|69.0|rough
|UZ|Plotina|Плотина|40.2|69.2|rough
|UZ|Samarkand|Самарканд|39.65|66.96|
|UZ|Sariosiyo|Сарыасия|38.5|68.2|rough
|UZ|Suvanobod|Суванобод (Рапкан)|40.3|70.4|rough
|UZ|Tashkent|Ташкент|41.31|69.28|
|UZ|Termez|Термез|37.22|67.28|
|UZ|Yallama|Яллама|41.0|68.8|rough
10803040|RU|Verkhny Lars|Верхний Ларс|42.75|44.63|
39850417|KZ|Aktobe|Актобе|50.28|57.17|
39851712|KZ|Oral|Уральск|51.23|51.37|
39855302|KZ|Almaty|Алматы|43.24|76.93|
39857201|KZ|Shymkent|Шымкент|42.32|69.60|
AFASH|AF|Ali Shirzayi||32.87|66.05|
AFBAG|AF|Bagram||34.95|69.25|
AFBEP|AF|Bazar-E-Panjwai||31.55|65.45|
AFCBN|AF|Camp Bastion||31.85|64.22|
AFCCN|AF|Chaghcharan||34.52|65.25|
AFCDW|AF|Camp Dwyer||31.12|64.18|
AFCLN|AF|Camp Leatherneck||31.88|64.18|
AFCSO|AF|Camp Salerno||33.40|70.07|
AFCWO|AF|Camp Wolverine||32.07|67.20|
AFDHD|AF|Dehdadi||36.65|66.98|
AFFRO|AF|FOB Frontenac||31.62|65.65|
AFGAR|AF|Gardiz||33.58|69.22|
AFISQ|AF|Eslam Qal'eh||34.67|61.07|
AFKHO|AF|Khowst||35.20|70.83|
AFKMU|AF|Kamu||35.40|71.42|
AFKWT|AF|Khowst||33.33|69.92|
AFLAG|AF|Lashkar Gah||31.58|64.35|
AFMEH|AF|Mehtar Lam||34.67|70.20|
AFMEY|AF|Meydan||36.90|66.92|
AFMWD|AF|Maiwand||31.73|65.13|
AFMZR|AF|Mazar-i-Sharif||36.70|67.10|
AFORG|AF|Orgun-E Kalan||32.90|69.22|
AFPEC|AF|Pol-e Charkhi||34.53|69.33|
AFPSD|AF|Pasaband||33.68|64.85|
AFQLT|AF|Qalat||32.10|66.88|
AFQYN|AF|Qal'Eh-Ye Now||34.98|63.12|
AFRMD|AF|FOB Ramrod||31.75|65.12|
AFSBK|AF|Spin Boldak||31.00|66.40|
AFSDD|AF|Shindand||33.30|62.13|
AFSHE|AF|Sherhan-Bandar||37.20|69.08|
AFSHK|AF|FOB Shank||34.00|69.28|
AFSRO|AF|Sharona||33.22|69.38|
AFTKO|AF|Tarin Kowt||32.62|65.87|
AFZHA|AF|Zhari Dasht||31.63|65.52|
KGALA|KG|Alamedin||42.90|74.63|
KGBYK|KG|Balykchy||42.45|76.17|
KGFRU|KG|Bishkek (ex Frunze)||42.87|74.60|
KGJLD|KG|Jalal-Abad||40.93|73.00|
KGKAB|KG|Kara-Balta||42.82|73.85|
KGKNT|KG|Kant||42.88|74.83|
KGMAN|KG|Manas International Apt||43.07|74.48|
KGNAR|KG|Naryn||41.42|76.00|
KGRBC|KG|Rybacje||42.47|76.17|
KZAAU|KZ|Aktau||43.65|51.15|
KZAGY|KZ|Aqtoghay||46.95|79.67|
KZAKX|KZ|Aqtobe (Aktyubinsk)||50.28|57.17|
KZARY|KZ|Arys||42.43|68.80|
KZASA|KZ|Assa||43.02|71.17|
KZASK|KZ|Aksukent||42.42|69.83|
KZBAH|KZ|Balkhash||46.83|74.98|
KZBKL|KZ|Beskol||54.77|69.10|
KZDOS|KZ|Dosytk||45.25|82.48|
KZDZH|KZ|Dzhambul||42.90|71.37|
KZEIK|KZ|Esik||43.35|77.45|
KZEIL|KZ|Esil||51.38|67.12|
KZEMB|KZ|Emba||48.82|58.13|
KZKHR|KZ|Khromtau||50.25|58.43|
KZKKO|KZ|Akkol'||51.98|70.93|
KZKOV|KZ|Kokshetau||53.27|69.38|
KZKPC|KZ|Kapchagay||43.88|77.83|
KZKTO|KZ|Karaton||46.37|53.52|
KZKUL|KZ|Kul'sary||46.95|54.02|
KZKUR|KZ|Kuryk||43.20|51.65|
KZKYH|KZ|Kandyagash||49.47|57.42|
KZLAX|KZ|Ridder||50.35|83.50|
KZMAM|KZ|Mamlyutka||54.93|68.53|
KZMAN|KZ|Mankent||42.42|69.83|
KZMDT|KZ|Madeniet||47.87|78.62|
KZNOA|KZ|Novaya Shul'ba||50.53|81.32|
KZNOV|KZ|Novoyamyshevo||51.92|77.32|
KZOTE|KZ|Otegen Batyr||43.33|77.05|
KZPLX|KZ|Semey (Semipalatinsk)||50.40|80.22|
KZPPK|KZ|Petropavlovsk||54.87|69.15|
KZPWQ|KZ|Pavlodar||52.00|76.00|
KZQSY|KZ|Qulsary||46.98|54.02|
KZQZQ|KZ|Qazyqurt||41.75|69.38|
KZRNY|KZ|Rudnyy||52.97|63.12|
KZRRK|KZ|Raygorodok||48.70|52.88|
KZSCK|KZ|Shchuchinsk||52.93|70.20|
KZSCO|KZ|Aktau Apt||43.85|51.08|
KZSGV|KZ|Semiglavyy Mar||51.18|50.05|
KZSHA|KZ|Shakhtinsk||49.70|72.58|
KZSHU|KZ|Shubarkuduk||49.13|56.48|
KZSKO|KZ|Novonikolskoe||54.52|68.68|
KZSRY|KZ|Saryagach||41.45|69.17|
KZSTP|KZ|Stepnogorsk||52.18|72.43|
KZTAL|KZ|Talgar||43.30|77.22|
KZTAU|KZ|Temirtau||50.05|72.95|
KZTGZ|KZ|Tengiz||46.33|53.47|
KZUZE|KZ|Uzen||43.43|53.00|
KZZAA|KZ|Chimkent||42.30|69.60|
KZZAB|KZ|Kustanai||53.17|63.58|
KZZAC|KZ|Kokchetav||53.27|69.43|
KZZCH|KZ|Zashchita||50.00|82.58|
KZZHA|KZ|Zhana-Aul||51.15|74.62|
KZZRK|KZ|Zharkent||44.15|80.00|
KZZYR|KZ|Zyryanovsk||49.73|84.27|
TJ-ISF|TJ|Isfara|Исфара|40.13|70.63|
TJ-KHU|TJ|Khujand|Худжанд|40.28|69.62|
TJCHK|TJ|Chkalovsk||40.23|69.68|
TJGAM|TJ|Garm||39.02|70.37|
TJKHI|TJ|Khirmanak||38.58|68.55|
TJKUR|TJ|Qurghonteppa||37.83|68.77|
TJNUK|TJ|Nurak (Nurek)||38.38|69.32|
TJPJK|TJ|Penjikent||39.50|67.60|
TJSTZ|TJ|Shaartuz||37.25|68.13|
TJVAH|TJ|Vahdat||38.55|69.02|
TMAGT|TM|Ashgabat||37.95|58.38|
TMAKD|TM|Akdepe||38.30|57.58|
TMALT|TM|Altyn Asyr||37.88|58.37|
TMAMY|TM|Amyderya||37.88|65.23|
TMASB|TM|Ashkhabad||37.95|58.38|
TMBAB|TM|Babadayhan||37.68|60.38|
TMBAH|TM|Baherden||38.43|57.42|
TMBAL|TM|Balkanabat||39.50|54.35|
TMBAY|TM|Bayramaly||37.62|62.17|
TMBOL|TM|Boldumsaz||42.13|59.67|
TMBZY|TM|Buzmeyin||38.05|58.20|
TMCHE|TM|Cheleken||39.40|53.13|
TMCJV|TM|Charjew||39.10|63.57|
TMDHZ|TM|Dashhowuz||41.83|59.95|
TMFAR|TM|Farap||39.17|63.60|
TMGAL|TM|Galkynys||39.25|63.18|
TMGUB|TM|Gubadag||42.07|59.97|
TMGYP|TM|Gypjak||38.00|58.25|
TMHAL|TM|Halach||38.07|64.88|
TMJEB|TM|Jebel||39.62|54.22|
TMKAK|TM|Kaka||37.35|59.60|
TMKER|TM|Kerkichi||37.85|65.23|
TMKHS|TM|Khodzhambas||38.12|65.00|
TMKON|TM|Koneurgench||42.32|59.13|
TMKRA|TM|Krasnovodsk||40.02|52.97|
TMKRW|TM|Turkmenbashi||40.02|52.97|
TMLEB|TM|Lebap||41.05|61.88|
TMMUR|TM|Murgap||37.48|61.97|
TMSAK|TM|Sakar||38.92|63.73|
TMSAY|TM|Sayat||38.77|63.88|
TMSHI|TM|Shirvan-Kala||42.25|58.63|
TMTAG|TM|Tagta||41.65|59.90|
TMTEJ|TM|Tejen||37.37|60.48|
TMTK5|TM|Turkmenabat||39.10|63.57|
TMTUR|TM|Turkmen-Kala||37.43|62.33|
TMYLA|TM|Yylanly||41.87|59.63|
TMYOL|TM|Yoloten||37.30|62.35|
UZ6BT|UZ|Kungrad||43.07|58.90|
UZAGN|UZ|Ohangaron||40.90|69.63|
UZAKT|UZ|Akaltyn||41.43|61.07|
UZALT|UZ|Altyaryk||40.38|71.47|
UZASA|UZ|Asaka||40.63|72.23|
UZAST|UZ|Astana||41.33|60.60|
UZCHU|UZ|Chukur-Say||41.37|69.22|
UZCKT|UZ|Chimkent||40.48|71.63|
UZGST|UZ|Guliston||40.50|68.78|
UZGUT|UZ|Urgut||39.40|67.23|
UZJIZ|UZ|Jizzakh||40.10|67.83|
UZKAM|UZ|Kamashi||38.82|66.45|
UZKBZ|UZ|Karaulbazar||39.48|64.78|
UZKGS|UZ|Kengsoy||38.35|65.85|
UZKHM|UZ|Khamza||40.42|71.50|
UZKKH|UZ|Khanabad||38.83|65.93|
UZKOK|UZ|Kokand||40.52|70.93|
UZKPA|UZ|Karakalpakiya||44.75|56.08|
UZKSQ|UZ|Karshi||38.85|65.78|
UZNVI|UZ|Navoi Apt.||40.12|65.17|
UZNWY|UZ|Nawoiy||40.12|65.35|
UZQUN|UZ|Qunghirot||43.03|58.83|
UZSHU|UZ|Shurkhasan||38.90|67.20|
UZSYA|UZ|Sary-Assiya||39.12|66.95|
UZTSH|UZ|Sergeli||41.40|69.73|
UZUCH|UZ|Uchquduq||42.25|63.92|
UZUGC|UZ|Urganch (Urgench)||41.55|60.63|
UZULU|UZ|Ulugbek||41.38|69.40|
UZYLH|UZ|Yalangach||41.35|69.33|
UZZAR|UZ|Zarafshon||41.57|64.20|
UZZER|UZ|Zeravshan||41.95|64.32|
"""
