"""Sentences of our own in many languages that no repair of an encoding may touch."""

THAI = (
    "โลหะหายากใช้ทำแม่เหล็กถาวรในมอเตอร์ไฟฟ้า",
    "โรงงานแยกแร่แห่งใหม่จะเปิดในปี 2568",
    "ประเทศไทยส่งออกแร่หายากไปยังประเทศจีน",
    "ราคานีโอดิเมียมเพิ่มขึ้น 12% ในไตรมาสที่สอง",
    "รัฐบาลประกาศโควตาการผลิตแร่โลหะหายาก",
    "โยธาธิการจังหวัดตรวจสอบเหมืองเก่า",
    "ยาและปุ๋ยไม่ใช่สินค้าของบริษัทนี้",
    "ยอดขายของบริษัทโตขึ้นร้อยละ 5–7 ต่อปี",
    "รถ EV ใช้แม่เหล็ก NdFeB ประมาณ 2 กิโลกรัม",
    "รถยนต์ไฟฟ้าใช้โลหะหายากมากกว่ารถทั่วไป",
    "ผู้จัดการกล่าวว่า “โครงการนี้จะใช้เวลาสองปี”",
    "‘โมนาไซต์’ เป็นแร่ที่พบในทรายชายหาด",
    "โดยรวมแล้ว ผลผลิตปีนี้ลดลงเล็กน้อย",
    "บริษัท Lynas มีโรงงานในมาเลเซีย",
    "MP Materials โอนกรรมสิทธิ์เหมือง Mountain Pass แล้ว",
    "การโฆษณาสินค้าต้องได้รับอนุญาต",
    "เขาซื้อโค 5 ตัว และโค 10 ตัว",
    "โค 5 ตัวอยู่ในทุ่ง",
    "โฆษกกระทรวงอุตสาหกรรมแถลงข่าวเมื่อวันศุกร์",
    "ย่านโรงงานอยู่ไกลจากตัวเมือง 40 กม.",
    "ม.ย. และ ธ.ค. เป็นเดือนที่ส่งออกมากที่สุด",
    "วันที่ 4 เม.ย. 2568 จีนเริ่มควบคุมการส่งออก",
    "ยุโรปต้องการลดการพึ่งพาจีน (ดูหน้า 3)",
    "ราคา 1,000–1,200 บาท/กก.",
    "อุณหภูมิ 25 °C เหมาะกับการเก็บสารละลาย",
    "สระ โ วางไว้หน้าพยัญชนะเสมอ",
    "อักษร ย เป็นพยัญชนะตัวที่ 34",
    "ตัว “ร” กับตัว “ล” มักออกเสียงสลับกัน",
    "โ อ่านว่า สระโอ",
    "รายงาน USGS ระบุว่าไทยผลิตได้ 13,000 ตันในปี 2024",
    "แร่ซีโนไทม์มีอิตเทรียม (Y) และดิสโพรเซียม (Dy)",
    "ยกเว้นภาษีให้ผู้ส่งออก 3 ปี",
    "รส กลิ่น และสีของน้ำเปลี่ยนไป",
    "รอ 2 ปี แล้วจึงขุดต่อ",
    "รวม 10 บริษัท 25 โรงงาน",
    "ยอ นิล และ โต ทำงานที่เหมืองเดียวกัน",
    "โกดังเก็บแร่ของ Shenghe อยู่ที่ท่าเรือ",
    "โครงการ 10X ของ MP จะเริ่มในปี 2028",
    "นักวิจัยพบว่า 1 ตันของแร่ให้โลหะเพียง 50 กรัม",
    "สำนักข่าว Reuters รายงานเมื่อวันที่ 9 ต.ค.",
    "ผลกระทบต่อสิ่งแวดล้อมยังไม่มีใครประเมิน…",
    "ค่าเงินบาทแข็งขึ้นเป็น 33.5 บาทต่อ US$1",
    "เตาเผาขนาด 3 × 5 เมตร ราคา €60,000",
    "ร้อยละ ๑๒ ของผลผลิตทั้งหมด",
    "โลก โรง โยง โน้ม โอน โง่ โจร โชค โซ่ โต๊ะ โถง โทร โนน โบสถ์ โปรด โผล่ โพรง โฟม",
    "ยาย ยิน ยืน ยุค ยูเรเนียม เย็น แยก โยก ใยแก้ว ไยดี ยง ยด ยน ยม ยศ",
)
ITALIAN = (
    "Il prezzo dell’ossido di neodimio è salito del 12% nel 2024.",
    "La città di Cogne non ha più miniere; perché? «Costava troppo», dice l’assessore.",
    "Più dell’80% dei magneti viene dalla Cina: così è, e così sarà finché non si cambia.",
    "À la carte, è così: l’unità di misura è la tonnellata, 5 °C in più.",
    "L’Italia importa 1–1,5 milioni di tonnellate — forse di più — ogni anno.",
)
GERMAN = (
    "Die Förderung stieg um 5–7 % – größer als je zuvor.",
    "„Größe ist nicht alles“, sagte Frau Müller in Köln über ÖPNV und Übergänge.",
    "Straße, Maße, Ä, Ö, Ü und ß: ‚Ärger‘ um Äcker in Österreich…",
    "Das ÄÖÜ-Projekt kostet 3 Mio. € (± 10 %), § 4 Abs. 2.",
    "Er las »Seltene Erden« und «Metalle»; 2 × 3 m², 5 µm.",
)
FRENCH = (
    "Âge de la mine : 40 ans. PÂTÉ, ÂME, DÉJÀ, ÇÀ ET LÀ, NOËL, CÔTE.",
    "« À la fin de l’été, l’oxyde coûtait 60 € le kilo », dit-il.",
    "L’État a versé 5 M€ — une première — à l’usine de La Rochelle.",
    "Où est le gisement ? Là-bas, près de l’île d’Oléron…",
    "Les « terres rares » ne sont pas rares : 68 ppm pour le cérium.",
    "Le mot « Â » n’existe pas, « À » oui. CAFÉ… CAFɔ",
)
PORTUGUESE = (
    "São Paulo não tem minas; a produção do Brasil subiu 2.000 t.",
    "IRMÃ, IRMÃO, MAÇÃ, AMANHû, disse ele. Ã… não sei.",
    "A concessão à empresa será “até 2030” — três anos antes.",
    "CAPITÃES E CÃES: “A ROMÔ é uma vila.",
)
KOREAN = (
    "희토류 가격이 2024년에 12% 올랐다.",
    "정부는 “네오디뮴 비축량을 늘리겠다”고 밝혔다.",
    "영구자석 수요는 2030년까지 1.5배—어쩌면 2배—늘어날 전망이다.",
)
CHINESE = (
    "北方稀土公布了2025年第一季度的氧化镨钕价格。",
    "“我们不会公布配额”,工信部发言人说——这是第一次。",
    "稀土矿产量为27万吨,占全球的69%…",
)
JAPANESE = (
    "レアアースの価格は2024年に12%上昇した。",
    "「磁石は自動車の‘心臓’だ」と社長は述べた――来年の計画は未定。",
)
VIETNAMESE = (
    "Giá đất hiếm tăng 12% ở Việt Nam; mỏ Đông Pao chưa khai thác.",
    "Ông nói: “Ấn Độ và Châu Âu cần đất hiếm.” ÂN, CÂN, DÂN, CHÂU ÂU.",
    "Ã, Â, Ă, Ê, Ô, Ơ, Ư, Đ là các chữ cái. “TÂN” – “NHÃN”, “Ô”…",
    "Hàm lượng Nd₂O₃ là 18–20%, nhiệt độ 1.000 °C.",
)
POLISH = (
    "Ceny metali ziem rzadkich wzrosły w całej Polsce o 5–7%.",
    "„Łódź i Gdańsk skorzystają” – mówił minister w środę… ŹRÓDŁO: GUS.",
    "Źródła, ćwiartki, świeże dane; 3 × 5 m², 10 °C, § 4.",
)
ENGLISH = (
    "China’s “rare earths”—1–1.5 million tons—cost $2–3/kg; the companies’ share is 5 °C off.",
    "‘Tis the ’90s: naïve café owners’ Ångström and Åland, Æ and Ø, Î and Ï.",
    "A replacement \ufffd character says nothing of what it was: caf\ufffd, 1\ufffd2.",
    "α-Fe, β and γ rays, Ω, μm, Δ = 5, ½, ≥ 3, → and ™®©.",
    "Добыча в России выросла на 5% — «рекорд», — заявил министр.",
    "Η τιμή του νεοδυμίου αυξήθηκε κατά 12%.",
    "المعادن النادرة تُستخدم في المغناطيس، 12٪.",
)
UNDAMAGED = (
    *THAI, *ITALIAN, *GERMAN, *FRENCH, *PORTUGUESE, *KOREAN, *CHINESE, *JAPANESE, *VIETNAMESE,
    *POLISH, *ENGLISH,
)  # fmt: skip
