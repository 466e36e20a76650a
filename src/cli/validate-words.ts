import type { Dimension, Obligation } from '#codecs/conformance/profile.ts'
import type { NotJudged } from '#codecs/conformance/timeliness.ts'
import type { Severity } from '#domain/finding.ts'
import type { Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'

export type Language = 'en' | 'az'

type Words = Readonly<
  Record<
    | 'files'
    | 'file'
    | 'messages'
    | 'message'
    | 'travellers'
    | 'score'
    | 'line'
    | 'byte'
    | 'segment'
    | 'timeliness'
    | 'inTime'
    | 'late'
    | 'early'
    | 'notJudged'
    | 'senders'
    | 'sender'
    | 'elements'
    | 'worst'
    | 'clause'
    | 'answer'
    | 'advice'
    | 'title'
    | 'findings'
    | 'noFindings'
    | 'number'
    | 'element'
    | 'place'
    | 'obligation'
    | 'has'
    | 'summary'
    | 'hidden'
    | 'open'
    | 'source'
    | 'skip'
    | 'severity'
    | 'code'
    | 'sentence'
    | 'all'
    | 'contents'
    | 'deadline'
    | 'outside'
    | 'madeBy'
    | 'notShown'
    | 'whatToDo'
    | 'names'
    | 'back'
    | 'flight',
    string
  >
> &
  Readonly<Record<Obligation, string>> &
  Readonly<Record<Dimension, string>> &
  Readonly<Record<Severity, string>> &
  Readonly<Record<NotJudged, string>> & {
    readonly andMore: (count: number) => string
    readonly inFiles: (count: number) => string
    readonly minutes: (minutes: number) => string
    readonly segmentsLeft: (count: number) => string
    readonly notListed: (count: number) => string
  }

/** The words of the reports; sentences about findings and elements stand in their catalogues. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    files: 'files',
    file: 'file',
    messages: 'messages',
    message: 'message',
    travellers: 'travellers',
    score: 'score',
    line: 'line',
    byte: 'byte',
    segment: 'segment',
    timeliness: 'timeliness',
    inTime: 'in time',
    late: 'late',
    early: 'early',
    notJudged: 'not judged',
    senders: 'Senders, lowest score first',
    sender: 'sender',
    elements: 'Elements: how many have it, of how many that should',
    worst: 'Findings, worst first',
    clause: 'clause',
    answer: 'answer',
    advice: 'what to do',
    title: 'Conformance report',
    findings: 'findings',
    noFindings: 'Nothing was found.',
    number: 'number',
    element: 'element',
    place: 'place',
    obligation: 'obligation',
    has: 'have it',
    summary: 'Summary',
    hidden: 'Names, documents and contacts are hidden.',
    open: 'Names, documents and contacts are shown: handle this page accordingly.',
    source: 'The message, segment by segment',
    skip: 'To the summary',
    severity: 'severity',
    code: 'code',
    sentence: 'what is wrong',
    all: 'all',
    contents: 'Contents',
    deadline: 'deadline',
    outside: 'Around the messages',
    madeBy: 'made by Preclear; profile',
    notShown: 'not shown',
    whatToDo: 'What to do',
    names: 'Point at a value, or go to it with Tab and the arrow keys, to see its name.',
    back: 'back to the list',
    flight: 'flight',
    required: 'required',
    'if-used': 'if used',
    option: 'State option',
    schema: 'schema',
    completeness: 'completeness',
    plausibility: 'plausibility',
    info: 'info',
    warning: 'warning',
    error: 'error',
    fatal: 'fatal',
    'no-deadline': 'no deadline for this kind of message',
    'no-departure-time': 'time of departure not known',
    'unknown-airport': 'airport not known',
    'no-time-of-preparation': 'UNB has no time of preparation',
    andMore: (count) => `and ${count} more`,
    inFiles: (count) => `in ${count} ${count === 1 ? 'file' : 'files'}`,
    minutes: (minutes) =>
      `${duration(Math.abs(minutes), ['d', 'h', 'min'])} ${minutes > 0 ? 'after' : 'before'} departure`,
    segmentsLeft: (count) => `… ${count} segments are not shown …`,
    notListed: (count) => `${count} more messages are counted above but not shown here.`,
  },
  az: {
    files: 'fayl',
    file: 'fayl',
    messages: 'xəbər',
    message: 'xəbər',
    travellers: 'sərnişin',
    score: 'bal',
    line: 'sətir',
    byte: 'bayt',
    segment: 'seqment',
    timeliness: 'vaxtında göndərilmə',
    inTime: 'vaxtında',
    late: 'gec',
    early: 'erkən',
    notJudged: 'qiymətləndirilmədi',
    senders: 'Göndərənlər, ən aşağı baldan başlayaraq',
    sender: 'göndərən',
    elements: 'Elementlər: olmalı olanlardan neçəsində var',
    worst: 'Qeydlər, ən ağırından başlayaraq',
    clause: 'bənd',
    answer: 'cavab',
    advice: 'nə etməli',
    title: 'Uyğunluq hesabatı',
    findings: 'qeyd',
    noFindings: 'Heç nə aşkar edilmədi.',
    number: 'say',
    element: 'element',
    place: 'yer',
    obligation: 'tələb',
    has: 'var',
    summary: 'Ümumi nəticə',
    hidden: 'Adlar, sənədlər və əlaqə məlumatları gizlədilib.',
    open: 'Adlar, sənədlər və əlaqə məlumatları göstərilir: bu səhifə ilə müvafiq davranın.',
    source: 'Xəbər, seqment-seqment',
    skip: 'Ümumi nəticəyə keç',
    severity: 'ağırlıq',
    code: 'kod',
    sentence: 'nə səhvdir',
    all: 'hamısı',
    contents: 'Mündəricat',
    deadline: 'son müddət',
    outside: 'Xəbərlərdən kənarda',
    madeBy: 'Preclear hazırlayıb; profil',
    notShown: 'göstərilmir',
    whatToDo: 'Nə etməli',
    names: 'Qiymətin adını görmək üçün göstəricini üzərinə gətirin və ya Tab və ox düymələri ilə ona keçin.',
    back: 'siyahıya qayıt',
    flight: 'uçuş',
    required: 'məcburi',
    'if-used': 'istifadə olunursa',
    option: 'dövlətin seçimi',
    schema: 'quruluş',
    completeness: 'tamlıq',
    plausibility: 'inandırıcılıq',
    info: 'məlumat',
    warning: 'xəbərdarlıq',
    error: 'səhv',
    fatal: 'ağır səhv',
    'no-deadline': 'bu növ xəbər üçün son müddət yoxdur',
    'no-departure-time': 'çıxış saatı məlum deyil',
    'unknown-airport': 'hava limanı məlum deyil',
    'no-time-of-preparation': 'UNB-də hazırlanma vaxtı yoxdur',
    andMore: (count) => `və daha ${count}`,
    inFiles: (count) => `${count} faylda`,
    minutes: (minutes) =>
      `çıxışdan ${duration(Math.abs(minutes), ['gün', 'saat', 'dəq'])} ${minutes > 0 ? 'sonra' : 'əvvəl'}`,
    segmentsLeft: (count) => `… ${count} seqment göstərilmir …`,
    notListed: (count) => `Daha ${count} xəbər yuxarıda sayılıb, lakin burada göstərilmir.`,
  },
}

function duration(minutes: number, [days, hours, mins]: readonly [string, string, string]): string {
  const [d, h, m] = [Math.trunc(minutes / 1440), Math.trunc((minutes % 1440) / 60), minutes % 60]
  return [d > 0 ? `${d} ${days}` : '', h > 0 ? `${h} ${hours}` : '', m > 0 || minutes === 0 ? `${m} ${mins}` : '']
    .filter(Boolean)
    .join(' ')
}

export const SEVERITIES = ['fatal', 'error', 'warning', 'info'] as const

export const DIMENSIONS = ['schema', 'completeness', 'plausibility', 'timeliness'] as const

/** Whole numbers; 100 means that nothing at all is lacking. */
export const shown = (score: number): number => Math.floor(score + 1e-9)

/** `schema 90, completeness 100, plausibility 80, timeliness: not judged` */
export function scoreWords(
  { scores }: { readonly scores: Readonly<Partial<Record<Dimension, number>>> },
  language: Language,
): string {
  const words = WORDS[language]
  return DIMENSIONS.map((dimension) => {
    const score = scores[dimension]
    return `${words[dimension]} ${score === undefined ? words.notJudged : shown(score)}`
  }).join(', ')
}

/** The flight of a message: `0L 214 VIE–GYD 2026-06-12T09:05`. */
export function legWords(message: Message): string {
  const legs = isPnrgov(message) ? [message.leg] : isPaxlst(message) ? message.legs : []
  const leg = legs.find(({ place }) => place === 'border') ?? legs[0]
  if (!leg) return ''
  return `${leg.carrier} ${leg.number}${leg.suffix ?? ''} ${leg.from}–${leg.to}${leg.departs ? ` ${leg.departs.replace('T', ' ')}` : ''}`
}
