import type { WordList } from './sensitive-words.ts'

export const HEALTH: WordList = {
  en: `
    wheelchair*, wheelchr*, whlchr, whchr, whch, wchair*, blind, blindness, deaf, deafness, deafblind, autis*, dementia,
    alzheimer*, cancer, cancerous, dialys*, dialyz*, pregnan*, surger*, surgical*, hiv, diabet*, epilep*, insulin, oxygen,
    disabled, disabilit*, handicap*, paraly*, parapleg*, quadripleg*, tetrapleg*, hemipleg*, crutches, stretcher*,
    ambulance*, hospital, hospitals, hospitalis*, hospitaliz*, medif, fremec, chemo, chemotherap*, radiotherap*, tumor*,
    tumour*, leukaem*, leukem*, asthma*, allerg*, anaphyla*, epipen*, celiac*, coeliac*, pacemaker*, transplant*, tubercul*,
    hepatit*, covid, covid19, infectious, contagious, psychiatr*, psychotic*, schizophren*, bipolar disorder*, parkinsons,
    parkinsonian, sclerosis, nebuli*, cpap, ventilator*, catheter*, incontinen*, colostom*, amput*, prosthe*, defibrillat*,
    seizure*, miscarr*, ivf, hemodialys*, haemodialys*, oncolog*, cardiac*, angina, thrombos*, arthrit*, osteopor*,
    hemophil*, haemophil*, anaemi*, anemi*, immunodef*, immunosupp*, downs syndrome, down syndrome, cerebral palsy,
    adhd, dyslex*, bulimi*, anorexi*, alcoholic*, methadone*, morphine*, rehab, rehabilitation, hospice*, palliative*,
    terminally ill, wheel chair*, gluten free, gluten intoleran*, glutenfree, lactose intoleran*, lactose free, nut allerg*,
    low salt meal*, low fat meal*, low sodium meal*, low calorie meal*, diabetic meal*, hearing aid*, hearing impair*,
    hearing loss, hard of hearing, visually impair*, visual impair*, partially sighted, white cane, guide dog*, service dog*,
    assistance dog*, seeing eye dog*, emotional support, service animal*, medical case, medical clear*, medical condition*,
    medical assist*, medical certificate*, medical treatment*, medical equipment, medical need*, medical escort*,
    medical meal*, medical reason*, medical emergenc*, medical form*, medical oxygen, medical report*, heart disease*,
    heart attack*, heart condition*, heart patient*, heart failure, heart surgery, kidney disease, kidney failure,
    kidney patient*, liver disease, lung disease, mental health, mental illness, mental disorder*, mentally ill,
    parkinson disease, stroke patient*, had a stroke, suffer* from, broken leg*, broken arm*, broken hip, broken foot,
    broken ankle, leg in cast, arm in cast, plaster cast, leg in plaster, full leg cast, reduced mobility, limited mobility,
    cannot walk, can not walk, cant walk, unable to walk, not able to walk, difficulty walking, difficulties walking,
    walking difficult*, cannot climb, cannot see, cannot hear, prm assist*, prm pax, prm passenger*, special needs,
    needs nurse, nurse escort*, doctor escort*, on medication, medication on board, carr* medication, sick passenger*,
    sick pax, pax sick, pax is sick, pax ill, is ill, seriously ill, aids patient*, weeks pregnant, expectant mother*,
    expecting a baby, sleep apnea, sleep apnoea, learning difficult*, intellectual disab*, developmental disab*
  `,
  az: `
    elil, elili, eliller*, elilin, elildir, elillik*, elil arabasi*, hamile, hamiledir, hamileyem, hamilelik*, hamile xanim*,
    xeste, xestedir, xesteyem, xesteler*, xesteli*, xestexana*, xestenin, xerceng*, oksigen*, dializ*, cerrahiyye*,
    emeliyyat olun*, tibbi yardim*, tibbi avadanliq*, tibbi arays*, tibbi arayis*, tibbi muayine*, tibbi sebeb*,
    tibbi mudaxile*, saglamliq imkan*, saglamligi mehdud*, gorme qabiliyyet*, gorme mehdud*, gozden elil*, esitme qabiliyyet*,
    esitme mehdud*, sekerli diabet*, seker xeste*, urek xeste*, boyrek xeste*, ruhi xeste*, psixi xeste*, autizm*, epilepsiya*,
    insulin*, infarkt*, insult keci*, sikayeti var, tecili yardim*, xerek*, qoltuq aga*, kor sernisin*, lal kar, kar lal,
    kar sernisin*, qlutensiz*, allergiya*, hepatit*, astma*, vereml*, kimyaterap*, sualanma mualice*, mualice ucun,
    mualiceye ged*, mehdud hereket*, deli xeste*, daun sindrom*
  `,
  ru: `
    инвалид*, слепой, слепая, слепого, слепому, слепых, слепота, слабовидящ*, слабослыш*, незряч*, глухой, глухая, глухого,
    глухонем*, глухота, беремен*, диабет*, онколог*, эпилеп*, аутиз*, аутист*, аутичн*, диализ*, кислород*, инсулин*,
    больной, больная, больного, больному, больные, больных, больниц*, болезн*, болеет, заболеван*, заболел*, хирургическ*,
    химиотерап*, вич, спид, психиатр*, психическ*, носилк*, костыли, костылях, шизофрен*, астма*, астмат*, аллерг*,
    медицинск*, медпомощ*, медсопровожд*, туберкул*, гепатит*, инфаркт*, инсульт*, паралич*, парализов*, ампут*, протез*,
    кардиолог*, гипертон*, деменци*, альцгеймер*, паркинсон*, лейкоз*, лейкеми*, опухол*, операци* на сердц*, после операции,
    кресло каталк*, кресл* коляск*, коляска инвалид*, не ходит, не может ходить, с трудом ходит, нарушени* зрения,
    нарушени* слуха, собака поводырь, собак* поводыр*, синдром дауна, безглютен*, непереносимост*, лечени* в, на лечение,
    ковид*, коронавирус*, маломобильн*, нетрудоспособ*, умственн*
  `,
  'ru-latin': `
    invalidn*, invalid kolyask*, invalid 1 gruppy, invalid 2 gruppy, invalid 3 gruppy, slepoy, slepaya, slepogo, slepoi,
    slaboslysh*, slabovid*, glukhoy, gluhoy, gluhoi, glukhaya, gluhaya, gluhonem*, beremen*, diabetik*, onkolog*, epileps*,
    bolnoy, bolnoi, bolnaya, bolnits*, bolnic*, bolezn*, boleet, zabolevan*, kislorod*, khirurgichesk*, hirurgichesk*,
    nosilk*, kostyli, kostylyah, allergiya, allergik, meditsinsk*, medicinsk*, medpomosh*, invalidnaya, invalidnost*,
    himioterap*, khimioterap*, tuberkul*, gepatit*, infarkt*, insulta, posle insulta, paralich*, shizofren*, posle operatsii,
    posle operacii, kreslo katalk*, kreslo kolyask*, ne hodit, ne mozhet hodit, na lechenie, vich infits*
  `,
  tr: `
    tekerlekli sandalye*, tekerlekli iskemle*, engelli*, kanser, kanserli, kanseri, kanser hasta*, seker hasta*, kalp hasta*,
    bobrek hasta*, akciger hasta*, ruh hasta*, hasta yolcu*, hastayim, hastadir, hastasi var, hastane*, hastalik*, hastaligi,
    hastaliklar*, ameliyat*, diyaliz*, oksijen*, ozurlu*, yatalak, otizm*, otistik*, sedye*, gebe, gebeyim, gebelik,
    hamile, hamileyim, hamile yolcu*, gorme engel*, isitme engel*, isitme cihaz*, zihinsel engel*, bedensel engel*,
    ortopedik engel*, felcli*, felc geci*, saglik durum*, saglik sorun*, saglik rapor*, tibbi yardim*, tibbi cihaz*,
    tibbi rapor*, alerji*, insulin*, epilepsi*, sara hasta*, kemoterapi*, radyoterapi*, koltuk degneg*, refakatci hasta*,
    glutensiz*, colyak*, tansiyon hasta*, astim hasta*, verem, tuberkuloz*, protez*, kor yolcu*, sagir yolcu*, sagir dilsiz*,
    rehber kopek*, down sendrom*, demans*, alzaymir*, doktor rapor*, hareket kisitli*
  `,
  de: `
    rollstuhl*, behindert*, behinderung*, schwerbehind*, gehbehind*, sehbehind*, horbehind*, hoerbehind*, schwanger*,
    krank, kranke, kranker, krankheit*, krankenhaus*, krankenwagen*, an krebs, hat krebs, krebs erkrank*, krebskrank*, krebspatient*, zuckerkrank*,
    gehorlos*, gehoerlos*, taubstumm*, schwerhor*, schwerhoer*, blindenhund*, sehbehinderte*, demenz*, sauerstoff*,
    herzinfarkt*, herzkrank*, herzschrittmacher*, schlaganfall*, nierenkrank*, psychisch krank*, querschnitt*, gelahmt*,
    gelaehmt*, arztlich*, aerztlich*, glutenfrei*, laktosefrei*, laktoseintol*, unvertraglich*, unvertraeglich*,
    gehhilfe*, krucken, kruecken, liegend transport*, tragbahre*, chemotherapie*, epileptik*, autistisch*, operiert,
    nach operation, reisedialyse*
  `,
  fr: `
    fauteuil roulant*, chaise roulante*, handicape*, aveugle*, malvoyant*, sourd, sourde, sourds, malentendant*, enceinte,
    grossesse*, malade, malades, maladie, maladies, hopital*, hospitalise*, diabetique*, epileptique*, autiste*, cancereux*,
    cancereuse*, chimiotherap*, radiotherap*, oxygene*, brancard*, civiere*, bequille*, paralyse*, paralysie*, asthmatique*,
    allergie*, allergique*, sans gluten, intoleran* au, mobilite reduite, ne peut pas marcher, chien guide*,
    chien d aveugle, assistance medicale, certificat medical, traitement medical, operation chirurg*, du sida, le sida, tuberculose*,
    greffe de, greffe renal*, greffe cardia*, dialyse*, deficien* mental*, deficien* visuel*, deficien* auditi*, trisomi*
  `,
  fa: `
    ویلچر*, صندلی چرخدار, صندلی چرخ دار, معلول*, نابینا*, ناشنوا*, کم شنوا, بیمار, بیماران, بیماری*, بیمارستان*, حامله, باردار*,
    سرطان*, دیابت*, انسولین, اکسیژن, دیالیز*, جراحی, شیمی درمانی, صرع, اوتیسم, آمبولانس*, برانکارد*, آلرژی*, فلج, قطع نخاع*
  `,
  ar: `
    كرسي متحرك, كراسي متحركه, معاق, معاقه, معاقين, معوق, اعمى, كفيف, كفيفه, ضرير, اصم, صماء, مريض*, مرضى, مستشفى*, حامل بشهر*,
    امراه حامل, مسافره حامل, سرطان*, سكري, مرض السكري, انسولين, اكسجين*, اوكسجين*, جراحه, عمليه جراحيه, غسيل كلى, غسيل الكلى,
    صرع, توحد, نقاله, اسعاف, حساسيه, شلل, مشلول*, احتياجات خاصه, ذوي الاحتياجات, علاج كيماوي
  `,
}
