import type { Culture } from './names/compose.ts'

/** What the simulator needs to know about people of one State. */
export interface Nation {
  readonly alpha2: string
  /** ICAO three-letter code, as in a document. */
  readonly alpha3: string
  readonly cultures: readonly (readonly [Culture, number])[]
  /** Form of its passport numbers: `#` digit, `@` letter, `*` letter or digit. */
  readonly passport: string
  readonly validYears: number
  readonly dialling: string
  readonly cities: readonly string[]
  readonly currency: string
  /** Whether its citizens need a visa for Azerbaijan (most hold an electronic one). */
  readonly visa: boolean
}

const nation = (
  codes: string,
  cultures: Nation['cultures'],
  passport: string,
  validYears: number,
  dialling: string,
  currency: string,
  visa: boolean,
  cities: string,
): Nation => ({
  alpha2: codes.slice(0, 2),
  alpha3: codes.slice(3),
  cultures,
  passport,
  validYears,
  dialling,
  currency,
  visa,
  cities: cities.split('/'),
})

export const NATIONS: readonly Nation[] = [
  nation(
    'AZ AZE',
    [
      ['azerbaijani', 97],
      ['russian', 3],
    ],
    'C########',
    10,
    '99455',
    'AZN',
    false,
    'BAKU/GANJA/SUMGAYIT/NAKHCHIVAN/LANKARAN/SHAKI',
  ),
  nation(
    'TR TUR',
    [
      ['turkish', 95],
      ['azerbaijani', 5],
    ],
    'U########',
    10,
    '90532',
    'TRY',
    false,
    'ISTANBUL/ANKARA/IZMIR/IGDIR/KARS',
  ),
  nation(
    'RU RUS',
    [
      ['russian', 80],
      ['azerbaijani', 15],
      ['kazakh', 5],
    ],
    '7########',
    10,
    '7916',
    'RUB',
    false,
    'MOSKVA/SANKT-PETERBURG/KAZAN/EKATERINBURG',
  ),
  nation(
    'GE GEO',
    [
      ['georgian', 85],
      ['azerbaijani', 15],
    ],
    '##@@#####',
    10,
    '99559',
    'GEL',
    false,
    'TBILISI/BATUMI/KUTAISI/MARNEULI',
  ),
  nation(
    'IR IRN',
    [
      ['persian', 75],
      ['azerbaijani', 25],
    ],
    '@########',
    5,
    '98912',
    'IRR',
    true,
    'TEHRAN/TABRIZ/ARDABIL/MASHHAD',
  ),
  nation('AE ARE', [['arabic', 100]], '@########', 5, '97150', 'AED', false, 'DUBAI/ABU DHABI/SHARJAH'),
  nation('SA SAU', [['arabic', 100]], '@########', 5, '96650', 'SAR', true, 'RIYADH/JEDDAH/DAMMAM'),
  nation('QA QAT', [['arabic', 100]], '########', 5, '97433', 'QAR', false, 'DOHA/AL WAKRAH'),
  nation('KW KWT', [['arabic', 100]], 'P########', 5, '96550', 'KWD', true, 'KUWAIT CITY/HAWALLI'),
  nation('EG EGY', [['arabic', 100]], 'A########', 7, '20100', 'EGP', true, 'CAIRO/ALEXANDRIA/GIZA'),
  nation('IQ IRQ', [['arabic', 100]], 'A########', 8, '96477', 'IQD', true, 'BAGHDAD/BASRA/NAJAF'),
  nation('JO JOR', [['arabic', 100]], '@######', 5, '96279', 'JOD', true, 'AMMAN/IRBID'),
  nation(
    'IL ISR',
    [
      ['british', 35],
      ['russian', 40],
      ['azerbaijani', 15],
      ['french', 10],
    ],
    '########',
    10,
    '97252',
    'ILS',
    false,
    'TEL AVIV/HAIFA/BEERSHEBA',
  ),
  nation('PK PAK', [['pakistani', 100]], '@@#######', 10, '92300', 'PKR', true, 'KARACHI/LAHORE/ISLAMABAD'),
  nation('IN IND', [['indian', 100]], '@#######', 10, '9198', 'INR', true, 'DELHI/MUMBAI/BENGALURU/KOCHI'),
  nation('CN CHN', [['chinese', 100]], 'E########', 10, '86138', 'CNY', true, 'BEIJING/URUMQI/SHANGHAI/GUANGZHOU'),
  nation('KR KOR', [['korean', 100]], 'M########', 10, '8210', 'KRW', false, 'SEOUL/BUSAN/INCHEON'),
  nation('JP JPN', [['japanese', 100]], '@@#######', 10, '8190', 'JPY', false, 'TOKYO/OSAKA/NAGOYA'),
  nation('ID IDN', [['indonesian', 100]], '@#######', 10, '62812', 'IDR', true, 'JAKARTA/SURABAYA/BANDUNG'),
  nation(
    'KZ KAZ',
    [
      ['kazakh', 70],
      ['russian', 25],
      ['azerbaijani', 5],
    ],
    'N########',
    10,
    '7701',
    'KZT',
    false,
    'ALMATY/ASTANA/AKTAU/ATYRAU',
  ),
  nation(
    'UZ UZB',
    [
      ['uzbek', 92],
      ['russian', 8],
    ],
    '@@#######',
    10,
    '99890',
    'UZS',
    false,
    'TASHKENT/SAMARKAND/BUKHARA',
  ),
  nation(
    'UA UKR',
    [
      ['ukrainian', 92],
      ['azerbaijani', 8],
    ],
    '@@######',
    10,
    '38067',
    'UAH',
    false,
    'KYIV/LVIV/ODESA',
  ),
  nation(
    'DE DEU',
    [
      ['german', 80],
      ['turkish', 15],
      ['polish', 5],
    ],
    'C********',
    10,
    '49170',
    'EUR',
    true,
    'BERLIN/FRANKFURT/MUENCHEN/KOELN',
  ),
  nation(
    'AT AUT',
    [
      ['german', 92],
      ['turkish', 8],
    ],
    '@#######',
    10,
    '43664',
    'EUR',
    true,
    'WIEN/GRAZ',
  ),
  nation(
    'GB GBR',
    [
      ['british', 72],
      ['indian', 10],
      ['pakistani', 10],
      ['african', 8],
    ],
    '#########',
    10,
    '4477',
    'GBP',
    true,
    'LONDON/LEEDS/ABERDEEN/BRISTOL',
  ),
  nation(
    'FR FRA',
    [
      ['french', 85],
      ['arabic', 8],
      ['african', 7],
    ],
    '##@@#####',
    10,
    '336',
    'EUR',
    true,
    'PARIS/LYON/TOULOUSE',
  ),
  nation('ES ESP', [['spanish', 100]], '@@@######', 10, '346', 'EUR', true, 'MADRID/VALENCIA/SEVILLA'),
  nation('IT ITA', [['italian', 100]], '@@#######', 10, '39333', 'EUR', true, 'ROMA/MILANO/TORINO'),
  nation('PL POL', [['polish', 100]], '@@#######', 10, '48601', 'PLN', true, 'WARSZAWA/KRAKOW/GDANSK'),
  nation('NG NGA', [['african', 100]], 'A########', 10, '23480', 'NGN', true, 'LAGOS/ABUJA/KANO'),
  nation(
    'US USA',
    [
      ['british', 60],
      ['spanish', 20],
      ['african', 10],
      ['korean', 5],
      ['indian', 5],
    ],
    '#########',
    10,
    '1202',
    'USD',
    true,
    'HOUSTON/NEW YORK/CHICAGO',
  ),
]

const BY_ALPHA2 = new Map(NATIONS.map((one) => [one.alpha2, one]))

/** The nation of a country (alpha-2); countries that nobody here comes from give nothing. */
export const nationOf = (alpha2: string): Nation | undefined => BY_ALPHA2.get(alpha2)

const BY_ALPHA3 = new Map(NATIONS.map((one) => [one.alpha3, one]))

/** The nation that issues documents under a three-letter code. */
export const nationIssuing = (alpha3: string): Nation | undefined => BY_ALPHA3.get(alpha3)
