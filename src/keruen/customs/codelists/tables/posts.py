"""Border posts of the corridor, by codes of the project. Made by scripts/derive_codelists; do not edit."""

ROWS = """\
code|mode|border|name_en|name_ru
KGTJ-R1|road|KG-TJ|Kyzyl-Bel – Guliston|Кызыл-Бел – Гулистон
KGTJ-R2|road|KG-TJ|Karamyk|Карамык
KZCN-R1|road|KZ-CN|Nur Zholy – Khorgos|Нур Жолы – Хоргос
KZCN-T1|rail|KZ-CN|Altynkol – Khorgos|Алтынколь – Хоргос
KZKG-R1|road|KZ-KG|Korday – Ak-Zhol|Кордай – Ак-Жол
KZUZ-R1|road|KZ-UZ|Zhibek Zholy – Gisht-Kuprik|Жибек Жолы – Гишт-Куприк
KZUZ-R2|road|KZ-UZ|B. Konysbayeva – Yallama|Б. Конысбаева – Яллама
KZUZ-R3|road|KZ-UZ|Kazygurt|Казыгурт
KZUZ-R4|road|KZ-UZ|Kaplanbek – Navoi|Капланбек – Навои
KZUZ-R5|road|KZ-UZ|Atameken – Gulistan|Атамекен – Гулистан
KZUZ-R6|road|KZ-UZ|Tselinny|Целинный
KZUZ-R7|road|KZ-UZ|Syrdariya – Malik|Сырдария – Малик
KZUZ-R8|road|KZ-UZ|Tazhen – Dautota|Тажен – Даутота
KZUZ-T1|rail|KZ-UZ|Saryagash – Keles|Сарыагаш – Келес
KZUZ-T2|rail|KZ-UZ|Beyneu (Oasis) – Karakalpakiya|Бейнеу (Оазис) – Каракалпакия
UZTJ-R1|road|UZ-TJ|Oybek – Fotekhobod|Ойбек – Фотехобод
UZTJ-R10|road|UZ-TJ|Pap – Navbunyod|Пап – Навбунёд
UZTJ-R11|road|UZ-TJ|Kushtegirmon – Khashtyak|Кушегирмон – Хаштияк
UZTJ-R12|road|UZ-TJ|Gulbahor – Ayvaj|Гулбахор – Айвадж
UZTJ-R13|road|UZ-TJ|Babatag|Бабатаг
UZTJ-R14|road|UZ-TJ|Balandchakir|Баландчакир
UZTJ-R2|road|UZ-TJ|Sariosiyo – Dusti (Tursunzoda)|Сарыасия – Дусти (Турсунзаде)
UZTJ-R3|road|UZ-TJ|Jartepa – Sarazm|Джартепа – Саразм
UZTJ-R4|road|UZ-TJ|Plotina – Spitamen|Плотина – Спитамен (Бекабад)
UZTJ-R5|road|UZ-TJ|Khavastabad – Zafarobod|Хавастабад – Зафаробод
UZTJ-R6|road|UZ-TJ|Kushkent – Ushturmullo|Кушкент – Уштурмулло
UZTJ-R7|road|UZ-TJ|Uchturgan|Учтурган
UZTJ-R8|road|UZ-TJ|Andarkhan – Patar|Андархан – Патар
UZTJ-R9|road|UZ-TJ|Ravat – Ravot|Рават – Равот
UZTJ-T1|rail|UZ-TJ|Amuzang – Khoshadi|Амузанг – Хошади
UZTJ-T2|rail|UZ-TJ|Bekabad – Nau (Spitamen)|Бекабад – Нау (Спитамен)
UZTJ-T3|rail|UZ-TJ|Kudukli – Pakhtaabad|Кудукли – Пахтаабад
UZTJ-T4|rail|UZ-TJ|Suvanobod – Kanibadam|Суванобод (Рапкан) – Канибадам
"""
