/**
 * What the guides call the values that a report shows: `TAG`, or `TAG/` and the value that qualifies the others; element
 * and component from 1 behind the tag; English; Azerbaijani. A row without a component names the whole element, one
 * without an element the segment.
 */
const TABLE = `
UNB|interchange header|mübadilənin başlığı
UNB 1.1|syntax identifier|sintaksisin adı
UNB 1.2|syntax version|sintaksisin versiyası
UNB 2|sender|göndərən
UNB 3|recipient|alan
UNB 4.1|date of preparation|hazırlanma tarixi
UNB 4.2|time of preparation (UTC)|hazırlanma saatı (UTC)
UNB 5|interchange reference|mübadilənin istinadı
UNB 7|application reference|tətbiqin istinadı
UNB 11|test indicator|sınaq əlaməti
UNG|functional group header|qrupun başlığı
UNG 1|kind of group|qrupun növü
UNG 2|sender|göndərən
UNG 3|recipient|alan
UNG 4.1|date of preparation|hazırlanma tarixi
UNG 4.2|time of preparation|hazırlanma saatı
UNG 5|group reference|qrupun istinadı
UNH|message header|xəbərin başlığı
UNH 1|message reference|xəbərin istinadı
UNH 2.1|type of message|xəbərin növü
UNH 2.2|version|versiya
UNH 2.3|release|buraxılış
UNH 2.4|controlling agency|nəzarət edən qurum
UNH 2.5|association code|birliyin kodu
UNH 3|common access reference|ümumi istinad
UNH 4.1|number of the part|hissənin nömrəsi
UNH 4.2|first or last part|ilk və ya son hissə
UNT|message trailer|xəbərin sonluğu
UNT 1|number of segments|seqmentlərin sayı
UNT 2|message reference|xəbərin istinadı
UNE|functional group trailer|qrupun sonluğu
UNE 1|number of messages|xəbərlərin sayı
UNE 2|group reference|qrupun istinadı
UNZ|interchange trailer|mübadilənin sonluğu
UNZ 1|number of messages or groups|xəbərlərin və ya qrupların sayı
UNZ 2|interchange reference|mübadilənin istinadı
BGM|beginning of the message|xəbərin əvvəli
BGM 1|kind of list|siyahının növü
BGM 2|document number|sənədin nömrəsi
BGM 3|function of the message|xəbərin funksiyası
RFF|reference|istinad
RFF 1.1|kind of reference|istinadın növü
RFF 1.2|reference|istinad
RFF/AVF 1.2|record locator|bron kodu
RFF/ABO 1.2|unique passenger reference|sərnişinin istinadı
RFF/TN 1.2|transaction number|əməliyyatın nömrəsi
RFF/TN 1.3|revision|düzəlişin nömrəsi
RFF/SEA 1.2|seat|oturacaq yeri
RFF/AF 1.2|flight|reys
NAD|person or party|şəxs və ya tərəf
NAD 1|role|rol
NAD 4.1|surname|soyad
NAD 4.2|given names|ad
NAD 4.3|further given names|digər adlar
NAD 5|street|küçə
NAD 6|city|şəhər
NAD 7|region|region
NAD 8|postcode|poçt indeksi
NAD 9|country|ölkə
NAD/MS 4|who reports|məlumat verən
CTA|contact|əlaqə
CTA 1|kind of contact|əlaqənin növü
CTA 2|name|ad
COM|telephone, e-mail, fax|telefon, e-poçt, faks
COM 1.1|number or address|nömrə və ya ünvan
COM 1.2|kind|növ
TDT|flight|uçuş
TDT 1|stage of transport|daşımanın mərhələsi
TDT 2|flight number|reysin nömrəsi
TDT 3|mode of transport|nəqliyyatın növü
TDT 5|carrier|daşıyıcı
LOC|place|yer
LOC 1|kind of place|yerin növü
LOC 2|place|yer
LOC/125 2|last airport before the border|sərhəddən əvvəlki son hava limanı
LOC/87 2|first airport behind the border|sərhəddən sonrakı ilk hava limanı
LOC/92 2|airport on the way|yol üzərindəki hava limanı
LOC/130 2|airport of the onward flight|növbəti uçuşun hava limanı
LOC/178 2|where the journey begins|səfərin başlandığı yer
LOC/179 2|where the journey ends|səfərin bitdiyi yer
LOC/22 2|airport of clearance|yoxlanış hava limanı
LOC/174 2|country of residence|yaşadığı ölkə
LOC/180 2|country of birth|doğulduğu ölkə
LOC/91 2|issuing State|sənədi verən dövlət
DTM|date or time|tarix və ya saat
DTM 1.1|kind of date|tarixin növü
DTM 1.2|date and time|tarix və saat
DTM 1.3|format|format
DTM/189 1.2|scheduled departure, local|planlaşdırılan çıxış, yerli vaxt
DTM/232 1.2|scheduled arrival, local|planlaşdırılan eniş, yerli vaxt
DTM/329 1.2|date of birth|doğum tarixi
DTM/36 1.2|date of expiry|etibarlılıq tarixi
DTM/182 1.2|date of issue|verilmə tarixi
ATT|attribute of the person|şəxsin xüsusiyyəti
ATT 1|kind of attribute|xüsusiyyətin növü
ATT 3|sex|cins
MEA|measurement|ölçü
MEA 1|kind of measurement|ölçünün növü
MEA/CT 3.2|number of bags|baqajın sayı
MEA/WT 3.1|unit of weight|çəki vahidi
MEA/WT 3.2|weight|çəki
GEI|processing|emal
GEI 1|kind of processing|emalın növü
GEI 2|whether the document was read by machine|sənədin maşınla oxunub-oxunmaması
FTX|free text|sərbəst mətn
FTX 1|subject|mövzu
FTX 4|text|mətn
FTX/BAG 4|bag tag|baqaj birkası
EMP|duty of the crew member|heyət üzvünün vəzifəsi
EMP 2|duty|vəzifə
NAT|nationality|vətəndaşlıq
NAT 1|kind of nationality|vətəndaşlığın növü
NAT 2|nationality|vətəndaşlıq
DOC|travel document|səyahət sənədi
DOC 1.1|type of document|sənədin növü
DOC 2|document number|sənədin nömrəsi
CNT|control total|yekun say
CNT 1.1|what is counted|nə sayılır
CNT 1.2|number|say
UNS|section control|bölmənin ayrılması
PDT|person and document, older form|şəxs və sənəd, köhnə forma
QTY|quantity|kəmiyyət
QTY 1.1|what is counted|nə sayılır
QTY 1.2|number|say
AUT|authentication|təsdiqləmə
CPI|charges|ödənişlər
GID|goods|yük
GIS|status|status
GIS 1|status|status
ERP|where the error is|səhvin yeri
ERP 1|message or person|xəbər və ya şəxs
ERC|error or status|səhv və ya status
ERC 1.1|code|kod
UCI|answer to the interchange|mübadiləyə cavab
UCI 1|interchange reference|mübadilənin istinadı
UCI 2|sender|göndərən
UCI 3|recipient|alan
UCI 4|action|nəticə
UCI 5|syntax error|sintaksis səhvi
UCF|answer to the group|qrupa cavab
UCM|answer to the message|xəbərə cavab
UCM 1|message reference|xəbərin istinadı
UCM 3|action|nəticə
UCM 4|syntax error|sintaksis səhvi
UCS|segment with an error|səhv olan seqment
UCS 1|position of the segment|seqmentin yeri
UCS 2|syntax error|sintaksis səhvi
UCD|element with an error|səhv olan element
UCD 1|syntax error|sintaksis səhvi
UCD 2|position of the element|elementin yeri
MSG|message action|xəbərin funksiyası
MSG 1.2|function|funksiya
MSG 2|response|cavab
ORG|originator|mənbə
ORG 1.1|system or airline|sistem və ya aviaşirkət
ORG 1.2|its location|yerləşdiyi yer
ORG 2.1|IATA number of the agency|agentliyin IATA nömrəsi
ORG 2.2|office|ofis
ORG 3|city|şəhər
ORG 4|airline or system of the agent|agentin aviaşirkəti və ya sistemi
ORG 5|kind of originator|mənbənin növü
ORG 6.1|country|ölkə
ORG 6.2|currency|valyuta
ORG 6.3|language|dil
ORG 7|agent|agent
TVL|flight|uçuş
TVL 1.1|date of departure|çıxış tarixi
TVL 1.2|time of departure, local|çıxış saatı, yerli vaxt
TVL 1.3|date of arrival|eniş tarixi
TVL 1.4|time of arrival, local|eniş saatı, yerli vaxt
TVL 2|airport of departure|çıxış hava limanı
TVL 3|airport of arrival|eniş hava limanı
TVL 4.1|marketing carrier|satan daşıyıcı
TVL 4.2|operating carrier|icra edən daşıyıcı
TVL 5.1|flight number|reysin nömrəsi
TVL 5.2|booking class|bron sinfi
TVL 5.3|suffix|əlavə hərf
EQN|number of units|vahidlərin sayı
EQN 1|number|say
SRC|a PNR begins|PNR başlayır
RCI|record locators|bron kodları
RCI 1.1|company|şirkət
RCI 1.2|record locator|bron kodu
RCI 1.3|kind of locator|kodun növü
RCI 1.4|date of creation|yaradılma tarixi
RCI 1.5|time of creation|yaradılma saatı
SSR|special service request|xüsusi xidmət sorğusu
SSR 1.1|code|kod
SSR 1.2|status|status
SSR 1.3|quantity|say
SSR 1.4|airline|aviaşirkət
SSR 1.7|from|haradan
SSR 1.8|to|haraya
SSR 1.9|text|mətn
SSR 2.1|seat or other data|oturacaq yeri və ya digər məlumat
SSR/DOCS 1.9|document, nationality, birth date, sex, expiry, names|sənəd, vətəndaşlıq, doğum tarixi, cins, etibarlılıq, adlar
SSR/DOCA 1.9|address|ünvan
SSR/DOCO 1.9|visa|viza
DAT|dates|tarixlər
DAT 1.1|kind of date|tarixin növü
DAT 1.2|date|tarix
DAT 1.3|time|saat
IFT|free text|sərbəst mətn
IFT 1.1|subject|mövzu
IFT 1.2|kind of information|məlumatın növü
IFT 1.4|airline|aviaşirkət
IFT 2|text|mətn
TIF|traveller|sərnişin
TIF 1.1|surname|soyad
TIF 1.2|group, company or person|qrup, şirkət və ya şəxs
TIF 2.1|given names and title|ad və müraciət forması
TIF 2.2|kind of traveller|sərnişinin növü
TIF 2.3|traveller reference|sərnişinin istinadı
TIF 2.4|accompanied by an infant|körpə ilə
FTI|frequent flyer|daimi sərnişin
FTI 1.1|airline|aviaşirkət
FTI 1.2|membership number|üzvlük nömrəsi
FTI 1.5|level|səviyyə
REF|reference|istinad
FAR|fare|tarif
FAR 1|kind of fare|tarifin növü
FAR 6|fare basis|tarifin əsası
TKT|ticket|bilet
TKT 1.1|ticket number|biletin nömrəsi
TKT 1.2|type of ticket|biletin növü
TKT 1.3|number of booklets|blankların sayı
MON|amounts|məbləğlər
MON 1.1|kind of amount|məbləğin növü
MON 1.2|amount|məbləğ
MON 1.3|currency|valyuta
PTK|pricing and ticketing|qiymət və bilet
TXD|taxes|vergilər
FOP|payment|ödəniş
FOP 1.1|form of payment|ödəniş forması
FOP 1.3|amount|məbləğ
FOP 1.4|card vendor|kartın növü
FOP 1.5|card number|kartın nömrəsi
FOP 1.6|card expiry|kartın etibarlılıq tarixi
ADD|address|ünvan
ADD 2.1|purpose|təyinatı
ADD 2.2|street|küçə
ADD 2.3|city|şəhər
ADD 2.6|country|ölkə
ADD 2.7|postcode|poçt indeksi
ADD 2.8|telephone or e-mail|telefon və ya e-poçt
EBD|prepaid baggage|ödənilmiş baqaj
TRA|operating flight|icra edən reys
TRA 1|operating carrier|icra edən daşıyıcı
TRA 2.1|flight number|reysin nömrəsi
TRA 2.2|booking class|bron sinfi
RPI|status of the booking|bronun statusu
RPI 1|number of travellers|sərnişinlərin sayı
RPI 2|status|status
APD|aircraft|təyyarə
APD 1.1|type of aircraft|təyyarənin növü
TRI|check-in|qeydiyyat
TRI 2.1|boarding number|minik nömrəsi
TRI 2.4|traveller reference|sərnişinin istinadı
SSD|seat|oturacaq yeri
SSD 1|seat|oturacaq yeri
SSD 5|cabin|salon sinfi
TBD|checked baggage|təhvil verilmiş baqaj
TBD 2.1|number of bags|baqajın sayı
TBD 2.2|weight|çəki
TBD 5.2|bag tag|baqaj birkası
TBD 5.3|consecutive tags|ardıcıl birkaların sayı
ABI|who changed the booking|bronu dəyişən
SAC|what changed|nə dəyişib
SAC 3|added or cancelled|əlavə olunub və ya ləğv edilib
LTS|line of the history|tarixçənin sətri
LTS 1|text|mətn
`

interface Name {
  readonly en: string
  readonly az: string
}

const names = new Map<string, Name>(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [key = '', en = '', az = ''] = line.split('|')
      return [key, { en, az }]
    }),
)

/** The name of a value, the most particular that there is; of element 0 the segment's. Nothing where none is known. */
export function elementName(
  tag: string,
  qualifier: string | undefined,
  element: number,
  component: number,
): Name | undefined {
  if (element === 0) return names.get(tag)
  const own = qualifier ? `${tag}/${qualifier}` : tag
  return (
    names.get(`${own} ${element}.${component}`) ??
    names.get(`${own} ${element}`) ??
    names.get(`${tag} ${element}.${component}`) ??
    names.get(`${tag} ${element}`)
  )
}
