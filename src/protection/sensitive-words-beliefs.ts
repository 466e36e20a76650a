import type { Category, WordList } from './sensitive-words.ts'

/** Political opinion, trade-union membership, ethnic origin, sexual life. */
export const BELIEFS: Readonly<Record<Exclude<Category, 'religion' | 'health'>, WordList>> = {
  politics: {
    en: `
      party delegate*, party delegation*, party member*, party leader*, party congress*, party official*, party conference*,
      party chairman, party chairwoman, party activist*, party rally, party headquarters, political *, politically,
      politician*, opposition leader*, opposition party, opposition activist*, opposition member*, opposition figure*,
      opposition politic*, communist*, socialist party, socialists, labour party, labor party, democratic party,
      republican party, conservative party, green party, liberal party, peoples party, election campaign*, election rally,
      dissident*, asylum seeker*, anarchist*, marxist*, fascist*, neonazi*, protest march*, separatist*
    `,
    az: `
      siyasi *, partiya uzv*, partiya sedr*, partiya qurultay*, partiya numayende*, partiyasinin uzv*, partiyasi uzv*,
      partiyasinin sedr*, muxalifet*, kommunist*, seckiqabagi *, dissident*
    `,
    ru: `
      член партии, члены партии, членов партии, делегат партии, делегаты партии, съезд партии, лидер партии, партийн*,
      оппозицион*, оппозици*, политическ*, политик, политики, политзаключ*, коммунист*, социалист*, диссидент*,
      предвыборн*, однопартиец, правозащитн*
    `,
    'ru-latin': `
      chlen partii, chleny partii, delegat partii, delegaty partii, syezd partii, sezd partii, lider partii, partiyn*,
      oppozitsion*, oppozicion*, oppozitsiya, politichesk*, politzaklyuch*, kommunist*, dissident, pravozashchit*
    `,
    tr: `
      parti uye*, partisi uye*, parti delege*, parti kongre*, parti baskan*, partisi genel baskan*, parti il baskan*,
      parti ilce baskan*, muhalefet*, muhalif*, siyasi *, siyasetci*, politikaci*, komunist*, secim kampanya*, milletvekili aday*
    `,
    de: `
      parteimitglied*, parteitag*, parteivorsitz*, parteidelegiert*, parteikongress*, politisch*, politiker*,
      oppositionspolit*, oppositionelle*, kommunistisch*, sozialistisch*, wahlkampf*, asylbewerber*, asylsuchend*
    `,
    fr: `
      membre du parti, membres du parti, delegue du parti, congres du parti, parti communiste, parti socialiste,
      parti politique, opposant*, politique, politiques, politicien*, militant*, communiste*, socialistes, campagne electorale,
      demandeur* d asile
    `,
    fa: `عضو حزب, اعضای حزب, حزبی, فعال سیاسی, سیاسی, مخالف دولت, اپوزیسیون, کمونیست*, پناهجو*`,
    ar: `عضو حزب, اعضاء حزب, حزبي*, مندوب حزب, سياسي, سياسيه, سياسيين, معارضه, معارضين, شيوعي*, طالب لجوء, طالبو لجوء`,
  },
  union: {
    en: `
      union delegate*, union delegation*, union member*, union leader*, union rep*, union official*, union conference*,
      union congress*, union meeting*, union card, union secretary, union group*, union organis*, union organiz*,
      union activist*, trade union*, tradeunion*, trades union*, labour union*, labor union*, workers union*, teachers union*,
      miners union*, pilots union*, nurses union*, seafarers union*, shop steward*, unionist*, unionised, unionized,
      collective bargaining, strike committee*
    `,
    az: `hemkarlar ittifaq*, hemkarlar teskilat*, hemkar ittifaq*`,
    ru: `профсоюз*, профком*, профорг*, профсобран*`,
    'ru-latin': `profsoyuz*, profsouz*, profsojuz*, profkom*`,
    tr: `sendika*, isci sendika*, memur sendika*, toplu sozlesme*, grev komite*`,
    de: `gewerkschaft*, betriebsrat*, betriebsraet*, personalrat*, tarifkommission*`,
    fr: `syndicat, syndicats, syndical*, syndicalist*, syndique*, comite de greve`,
    fa: `اتحادیه کارگری, سندیکا*, عضو اتحادیه`,
    ar: `نقابه, نقابات, نقابي*, نقابه عماليه, عضو نقابه`,
  },
  ethnicity: {
    en: `
      ethnic*, ethnically, racial*, gypsy, gypsies, romani famil*, romani origin, romani people, is romani, skin colour, skin color, dark skinned, black passenger*,
      black pax, white pax, african origin, arab origin, asian origin, kurdish origin, armenian origin, russian origin,
      jewish origin, roma origin, turkish origin, jewish descent, african descent, arab descent, asian descent,
      kurdish descent, armenian descent, roma descent, indigenous, roma famil*, is kurdish,
      are kurdish, is a kurd, are kurds, talysh origin, lezgin origin, uyghur*, uighur*, rohingya*, tribe member*, caste
    `,
    az: `
      etnik*, milliyyetce, milliyetce, milli mensub*, mensece, qaraci, qaracilar*, kurd mense*, ermeni mense*, rus mense*,
      talis mense*, lezgi mense*, yehudi mense*, irqi *, derisinin reng*
    `,
    ru: `
      этническ*, этнос*, цыган*, по национальности, лицо кавказской, кавказской национальн*, национальн* меньшинств*, расовый, расовая, расовой,
      чернокож*, темнокож*, курдского происхожд*, армянского происхожд*, еврейского происхожд*, уйгур*
    `,
    'ru-latin': `etnichesk*, tsygan*, cygan*, po natsionalnosti, po nacionalnosti, kavkazskoy natsional*, chernokozh*`,
    tr: `
      etnik*, cingene*, kurt kokenli*, kurt asilli*, ermeni kokenli*, ermeni asilli*, rum kokenli*, arap kokenli*, arap asilli*,
      yahudi kokenli*, roman vatandas*, etnik koken*, ten rengi*, siyahi yolcu*
    `,
    de: `
      ethnisch*, ethnie*, zigeuner*, sinti und roma, kurdischer herkunft, kurdischer abstammung, arabischer herkunft,
      turkischer herkunft, tuerkischer herkunft, judischer herkunft, hautfarbe*, dunkelhautig*, dunkelhaeutig*, rassisch*,
      stammeszugehor*
    `,
    fr: `
      ethnie*, ethnique*, tzigane*, tsigane*, gitan, gitans, gitane, gitanes, origine kurde, origine arabe, origine africaine, origine maghrebine,
      origine juive, origine armenienne, couleur de peau, peau noire, gens du voyage, raciale*
    `,
    fa: `قومیت*, کرد تبار, کردتبار, ارمنی تبار, عرب تبار, نژاد*, کولی, کولیها`,
    ar: `عرقي*, كردي الاصل, ارمني الاصل, غجر, غجري*, لون البشره, من اصل كردي, من اصل افريقي`,
  },
  'sexual-life': {
    en: `
      gay couple*, gay pax, gay passenger*, gay cruise*, gay group*, gay pride, gay men, gay man, gay wedding*, gay travel*,
      gay club, gay partner*, is gay, are gay, both gay, pax gay, openly gay, lesbian*, transgender*, transsexual*, transexual*,
      transvestite*, homosexual*, bisexual*, lgbt*, same sex, samesex, same gender couple*, sexual orientation, gender reassign*,
      sex change, queer, nonbinary, non binary, intersex, asexual*, pansexual*, prostitut*, sex worker*, escort girl*,
      hiv positive, drag queen*
    `,
    az: `homoseksual*, lezbiyan*, gey cutlu*, geydir, cinsi oriyentasiya*, cinsi azliq*, transgender*, eyni cinsli*, cinsini deyis*, biseksual*`,
    ru: `гомосекс*, лесбиян*, трансгендер*, транссексуал*, лгбт*, бисексуал*, однопол*, сексуальн*, гей, геи, геев, гей пар*, смен* пола, нетрадиционн* ориентац*, проститут*`,
    'ru-latin': `gomoseks*, lesbiyan*, lesbiank*, transgender, odnopol*, netraditsionn* orientats*, biseksual*`,
    tr: `escinsel*, lezbiyen*, gey cift*, travesti*, trans birey*, trans kadin*, trans erkek*, cinsel yonelim*, cinsel tercih*, cinsel kimlik*, cinsiyet degis*, biseksuel*`,
    de: `schwules paar, schwule gruppe*, schwulen*, lesbisch*, lesbe, lesben, homosexuell*, bisexuell*, transsexuell*, sexuelle orientierung, gleichgeschlecht*, queere*`,
    fr: `homosexuel*, lesbienne*, bisexuel*, transgenre*, transsexuel*, couple gay, couple gai, orientation sexuelle, meme sexe, changement de sexe`,
    fa: `همجنس گرا*, همجنسگرا*, همجنس باز*, ترنس, تراجنسی, دوجنس گرا*`,
    ar: `مثلي الجنس, مثلي*, مثليه, مثليين, شاذ جنسيا, سحاقي*, متحول جنسي*, متحوله جنسيا, مزدوج الميل*`,
  },
}
