interface Advice {
  readonly en: string
  readonly az: string
}

/** What the sender's engineer can do, by what a code speaks of; the first that fits. */
const ADVICE: readonly (readonly [RegExp, Advice])[] = [
  [
    /^check\.(?:late|early)$/,
    {
      en: 'Send at the time that the State asks for; see the deadline of this kind of message.',
      az: 'Dövlətin tələb etdiyi vaxtda göndərin; bu növ xəbərin son müddətinə baxın.',
    },
  ],
  [
    /^(?:envelope|input)\..*(?:missing|sender|prepared|guessed|alone|misplaced|no-interchange)/,
    {
      en: 'Write the whole frame: UNB with sender and time, UNH with type and version, UNT and UNZ, each in its place.',
      az: 'Çərçivəni tam yazın: UNB (göndərən və vaxt), UNH (növ və versiya), UNT və UNZ, hər biri öz yerində.',
    },
  ],
  [
    /^xml\./,
    {
      en: 'Write the document with an XML writer and check it against fixtures/pnrgov-xml/pnrgov.xsd.',
      az: 'Sənədi XML yazan proqramla hazırlayın və fixtures/pnrgov-xml/pnrgov.xsd ilə yoxlayın.',
    },
  ],
  [
    /too-long$/,
    {
      en: 'Cut the value to the length that the guide gives, or send it in its further components.',
      az: 'Qiyməti təlimatdakı uzunluğa qədər qısaldın və ya növbəti komponentlərdə göndərin.',
    },
  ],
  [
    /character-set$/,
    {
      en: 'Write with the signs of the level that UNB names, or name the level that has them (UNOB, UNOC, UNOY).',
      az: 'UNB-dəki səviyyənin işarələri ilə yazın və ya onları ehtiva edən səviyyəni göstərin (UNOB, UNOC, UNOY).',
    },
  ],
  [
    /unassigned|reference-unknown|check-in-added/,
    {
      en: 'Use the traveller reference and the names of TIF wherever the same person is meant.',
      az: 'Eyni şəxs üçün hər yerdə TIF-dəki istinadı və adları istifadə edin.',
    },
  ],
  [
    /(?:segment-unknown|misplaced|src-missing|pnr-empty|leg-empty)$/,
    {
      en: 'Put the segment where the segment table of the guide has it, or leave it out.',
      az: 'Seqmenti təlimatın seqment cədvəlindəki yerinə qoyun və ya göndərməyin.',
    },
  ],
  [
    /\.(?:document|function|role|role-mixed|ssr-code|request|subject|unknown-type|unknown-version)$/,
    {
      en: 'Send a code that the guide lists for this place.',
      az: 'Bu yer üçün təlimatda göstərilən kodu göndərin.',
    },
  ],
  [
    /missing|\.(?:surname|given-names|sex)$/,
    {
      en: 'Send the element; the clause says where it belongs.',
      az: 'Elementi göndərin; bənd onun yerini göstərir.',
    },
  ],
  [
    /nationality|issuer|country/,
    {
      en: 'Send the three-letter code of Doc 9303 (ISO 3166-1, or D, XXA, UNO and the like).',
      az: 'Doc 9303-ün üçhərfli kodunu göndərin (ISO 3166-1 və ya D, XXA, UNO və s.).',
    },
  ],
  [
    /airport|place$|unconnected/,
    {
      en: 'Send the three-letter IATA code of each airport, in the order of the flight.',
      az: 'Hər hava limanının üçhərfli IATA kodunu uçuşun ardıcıllığı ilə göndərin.',
    },
  ],
  [
    /flight-number|carrier/,
    {
      en: 'Send the designator of the operating carrier and the number of the flight without blanks.',
      az: 'Uçuşu yerinə yetirən daşıyıcının kodunu və reysin nömrəsini boşluqsuz göndərin.',
    },
  ],
  [
    /default/,
    {
      en: 'Send what was captured from the document; where nothing was captured, leave the element out.',
      az: 'Sənəddən oxunan qiyməti göndərin; oxunmayıbsa, elementi göndərməyin.',
    },
  ],
  [
    /repeated/,
    {
      en: 'Send each person and each number once; look for doubled records at check-in.',
      az: 'Hər şəxsi və hər nömrəni bir dəfə göndərin; qeydiyyatda təkrar yazıları yoxlayın.',
    },
  ],
  [
    /(?:count|total|unz-|unt-)/,
    {
      en: 'Count and name the trailers when the message is finished, from what it holds.',
      az: 'Sonluqları xəbər hazır olduqda onun məzmununa görə sayın və doldurun.',
    },
  ],
  [
    /^una\.|terminator|^segment\./,
    {
      en: 'Declare the service characters in UNA and put the release character before each of them in data.',
      az: 'Xidməti işarələri UNA-da elan edin və məlumatın içində hər birindən əvvəl azadetmə işarəsi qoyun.',
    },
  ],
  [
    /placeholder|name|surname|title/,
    {
      en: 'Send the names as the machine-readable zone of the document has them, without titles and fillers.',
      az: 'Ad və soyadı sənədin maşınla oxunan zonasında olduğu kimi, müraciət formaları olmadan göndərin.',
    },
  ],
  [
    /expir|lifetime/,
    {
      en: 'Check the expiry date against the document; a document that has expired is refused at the border.',
      az: 'Etibarlılıq tarixini sənədlə yoxlayın; müddəti bitmiş sənəd sərhəddə qəbul edilmir.',
    },
  ],
  [
    /date$|date-|time|day|duration|block/,
    {
      en: 'Send a date that exists, in the format of the clause; times are local at the airport.',
      az: 'Mövcud tarixi bənddəki formatda göndərin; saatlar hava limanının yerli vaxtıdır.',
    },
  ],
  [
    /document|docs|number/,
    {
      en: 'Send number, type and issuer as the document has them, without blanks and hyphens.',
      az: 'Nömrəni, növü və verən dövləti sənəddə olduğu kimi, boşluqsuz və defissiz göndərin.',
    },
  ],
]

const OTHERWISE: Advice = {
  en: 'Compare the place with the clause, and mend it where the message is made.',
  az: 'Həmin yeri bəndlə müqayisə edin və xəbərin hazırlandığı yerdə düzəldin.',
}

/** One sentence that tells what to do about a finding. */
export const adviceOn = (code: string, language: 'en' | 'az'): string =>
  (ADVICE.find(([pattern]) => pattern.test(code))?.[1] ?? OTHERWISE)[language]
