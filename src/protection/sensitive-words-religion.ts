import type { WordList } from './sensitive-words.ts'

export const RELIGION: WordList = {
  en: `
    kosher*, halal, halaal, halalfood, halalmeal*, muslims, moslems, hinduism, hindu, hindus, jainism, sikh, sikhs, sikhism,
    jewish, judaism, buddhis*, christians, christianity, catholic*, protestants, protestantism, lutheran*, mormon*,
    zoroastrian*, bahai, bahais, jehovah*, atheist*, shiite*, sunni, sunnis, quran, koran, torah, synagogue*, mosque*,
    pilgrimage*, pilgrims, hajj, hajjis, hadj group*, hadj trip*, hadj pilgrim*, umrah, umra, sabbath, shabbat, shabbos, rabbis, chief rabbi, rabbi of, is a rabbi, is rabbi, rabbi travel*, clergy, clergyman,
    clergymen, diocese, diocesan, missionary, missionaries, seminarian*, eucharist, evangelicals, adventist*, pentecostal*,
    anglican*, presbyterian*, methodist*, scientolog*, hare krishna, agnostic*, kippah, hijab, niqab, baptism,
    muslim meal*, muslim food, muslim pax, muslim passenger*, muslim group*, muslim faith, muslim prayer*, muslim famil*,
    muslim religion, muslim traveller*, muslim traveler*, muslim woman, muslim women, muslim man, is muslim, are muslim,
    im muslim, as muslim, being muslim, both muslim, all muslim, moslem meal*, moslem food, moslem pax, is moslem,
    are moslem, jain meal*, jain food, jain veg*, jain pax, jain temple, is jain, are jain, jain vegetarian,
    christian group*, christian faith, christian mission*, christian choir, christian pax, christian meal, christian youth,
    christian retreat, christian pilgrim*, is christian, are christian, born again christian, church group*, church choir*,
    church trip, church tour*, church member*, church mission*, church delegat*, church service*, church congregation,
    church retreat, church pilgrim*, church party, church of, orthodox church, orthodox priest*, orthodox jew*,
    orthodox christian*, evangelical church, evangelical group, baptist church, baptist group, parish group, parish trip,
    parish priest*, pilgrim group*, pilgrim tour*, pilgrim pax, pilgrim trip, pilgrim flight, pilgrim visa,
    islamic centre, islamic center, islamic school, islamic faith, islamic group, islamic meal, islamic conference,
    islamic religion, islamic pilgrim*, islam religion, converted to islam, temple visit, holy land tour*,
    holy land pilgrim*, prayer room*, prayer group*, prayer time*, prayer mat*, prayer rug*, religious *, bible group*,
    bible study, bible college, faith group*, ramadan fast*, ramadan meal*, during ramadan, observ* ramadan, ramadan iftar,
    iftar meal*, iftar box*, suhoor meal*, no pork, pork free, no beef hindu, jewish meal*, vegetarian hindu meal*,
    asian vegetarian meal*, hindu meal*, passover meal*, lent meal*, lenten meal*, fasting for religious, nun of,
    monk of, monks of, nuns of, imam of, priest of, travelling monk*, buddhist monk*, zamzam water, zam zam water
  `,
  az: `
    muselman~, helal, helaldir, helal yemek*, helal qida*, halal yemek*, halal qida*, hecc, hecce, heccden, heccedir,
    hecc ziyaret*, hecc qrup*, hecc zevvar*, zevvar~, umre, umreye, umreden, umre ziyaret*, mescid, mescide, mescidden,
    mescidi, mescidler*, kilse, kilseye, kilsenin, kilseler*, sinaqoq*, xristian~, xacperest*, yehudi, yehudiler*,
    yehudi yemey*, buddist*, namaz otag*, namaz vaxt*, namaz qil*, dini ziyaret*, dini qrup*, dini etiqad*, dini icma*,
    dini bayram*, dini merasim*, din xadim*, oruc tut*, orucdur, orucludur, iftar yemey*, sufi tariqet*, sie mezheb*,
    sunni mezheb*, ateist*, kosher yemek*, koser yemek*, donuz eti*
  `,
  ru: `
    мусульман~, мусульманин, мусульманина, мусульманину, мусульманск*, христиане, христианин*, христианк*, христианск*, христианств*, еврей, еврея, евреи, евреев, еврейск*, иуде*, иудаизм*, православн*,
    католи*, протестантск*, церков*, церкви, мечет*, синагог*, паломни*, хадж, хаджа, хадже, умра, умру, халял*, кошер*,
    буддист*, буддийск*, индуист*, индуизм*, сикхи, священник*, священнослуж*, раввин*, вероисповедан*, религиозн*,
    верующ*, атеист*, старообряд*, баптист*, лютеран*, адвентист*, монастыр~, монахин*, молитв~, молельн*, намаз~,
    крестный ход, рамадан пост*, постится, постное питани*, постное меню, свидетел* иеговы, без свинины, ислам исповед*,
    исповедует ислам, принял* ислам, джайн*
  `,
  'ru-latin': `
    musulman~, musulmanin, musulmanka, musulmanskoe, musulmanskoye, musulmansk*, khristianin*, hristianin*, khristianskiy,
    khristiansk*, hristiansk*, yevrey, yevrei, evrei, evreysk*, evreisk*, yevreysk*, pravoslavn*, katolik, katoliki,
    katolicheskiy, katoliches*, tserkov, tserkovn*, tserkvi, cerkov, cerkovn*, mechet, mecheti, sinagog*, palomni*, khadzh, hadzh, khalyal*,
    halyal*, khalal, koshern*, svyashchennik*, svyashennik*, svjaschennik*, religiozn*, veruyush*, veruyushch*, monastyr,
    monahini, namaz, postnoe menu, postnoye menyu, bez svininy, iudaizm*, buddist
  `,
  tr: `
    musluman~, muslumanlar*, hristiyan~, hristiyanlar*, yahudi, yahudiler*, yahudilik, yahudiyim, yahudidir, kilise,
    kiliseye, kilisesi, kiliseler*, camii, camiye, camide, sinagog*, havra, havraya, hac ziyaret*, haci aday*, hac kafile*,
    hac grubu*, hac turu*, hac yolcu*, hac ucus*, umre kafile*, umre ziyaret*, umre grubu*, umre turu*, umre yolcu*,
    umreci*, koser, koser yemek*, helal yemek*, helal menu*, helal gida*, helal yiyecek*, alevi, aleviler*, alevilik,
    sunni mezhep*, ibadethane*, ibadet yeri, ibadet icin, mescit*, namaz vakti*, namaz kil*, abdest*, oruclu*, oruc tut*, iftar yemeg*, iftar menu*,
    dini grup*, dini inanc*, dini bayram*, budist*, ateist*, imam hatip*, rahibe, rahibeler*, papaz, papazlar*, domuz eti*
  `,
  de: `
    koscher*, koschere*, judisch*, juedisch*, muslimisch*, moslemisch*, islamisch*, hinduistisch*, buddhistisch*,
    katholisch*, katholik*, evangelisch*, protestantisch*, christlich*, orthodoxe christ*, kirchengemeinde*, kirchengruppe*,
    kirchenchor*, pfarrgemeinde*, pilgerreise*, pilgerfahrt*, pilgergruppe*, wallfahrt*, moschee*,
    synagoge*, gebetsraum*, gebetszeit*, religios*, religioes*, glaubensgemein*, ordensschwester*, priesterseminar*,
    kein schweinefleisch, ohne schweinefleisch
  `,
  fr: `
    musulman, musulmane, musulmans, musulmanes, juif, juifs, juive, juives, repas casher, repas cacher, repas kasher,
    menu casher, casher, catholique*, protestante*, chretiens, chretiennes, groupe chretien*, pax chretien*, bouddhiste*, hindoue,
    hindouiste*, paroisse*, paroissia*, pelerins, groupe pelerin*, pelerinage*, mosquee*, eglise catholique, groupe eglise,
    religieux, religieuse, religieuses, religieusement, sans porc, salle de priere, lieu de priere, croyants,
    oumra, omra, pour le hadj, temoin* de jehovah
  `,
  fa: `
    مسلمان*, مسیحی*, یهودی*, زرتشتی*, بهایی*, سنی مذهب, شیعه, اهل سنت, حلال, کوشر, زائر*, زیارتی, حج تمتع, سفر حج, عمره,
    مسجد*, کلیسا*, کنیسه*, نمازخانه*, غذای حلال, روزه دار*
  `,
  ar: `
    مسلمون, مسلمين, مسلمات, مسيحي*, نصراني*, يهودي*, يهود, هندوسي*, بوذي*, حلال, كوشير, كوشر, حجاج بيت,
    فوج حجاج, رحله حج, موسم الحج, حج وعمره, حجيج, معتمر*, عمره, مناسك, مسجد, مساجد, كنيسه, كنائس, كنيس, صائم, صائمه, صائمين, وجبه اسلاميه, شيعي*, مذهب سني,
    مصلى, غرفه صلاه
  `,
}
