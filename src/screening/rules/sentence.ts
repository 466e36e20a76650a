import type { ComparisonLeaf, Expression, FieldLeaf, Literal, Operand } from '#domain/rule.ts'
import { type Field, fieldById } from './fields.ts'

export type Language = 'en' | 'az'

interface Words {
  readonly and: string
  readonly or: string
  readonly not: string
  readonly yes: string
  readonly no: string
  readonly operators: Readonly<Record<string, (field: string, value: string) => string>>
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    and: ' and ',
    or: ' or ',
    not: 'not: ',
    yes: 'yes',
    no: 'no',
    operators: {
      eq: (field, value) => `${field} is ${value}`,
      ne: (field, value) => `${field} is not ${value}`,
      lt: (field, value) => `${field} is less than ${value}`,
      lte: (field, value) => `${field} is at most ${value}`,
      gt: (field, value) => `${field} is more than ${value}`,
      gte: (field, value) => `${field} is at least ${value}`,
      between: (field, value) => `${field} is between ${value}`,
      in: (field, value) => `${field} is one of ${value}`,
      anyOf: (field, value) => `${field} include any of ${value}`,
      allOf: (field, value) => `${field} include all of ${value}`,
      noneOf: (field, value) => `${field} include none of ${value}`,
      startsWith: (field, value) => `${field} begins with “${value}”`,
      endsWith: (field, value) => `${field} ends with “${value}”`,
      contains: (field, value) => `${field} contains “${value}”`,
      glob: (field, value) => `${field} looks like “${value}”`,
      isMissing: (field) => `${field} is not known`,
      isPresent: (field) => `${field} is known`,
    },
  },
  az: {
    and: ' və ',
    or: ' və ya ',
    not: 'doğru deyil: ',
    yes: 'bəli',
    no: 'xeyr',
    operators: {
      eq: (field, value) => `${field}: ${value}`,
      ne: (field, value) => `${field} ${value} deyil`,
      lt: (field, value) => `${field} ${value} dəyərindən azdır`,
      lte: (field, value) => `${field} ən çoxu ${value}`,
      gt: (field, value) => `${field} ${value} dəyərindən çoxdur`,
      gte: (field, value) => `${field} ən azı ${value}`,
      between: (field, value) => `${field} ${value} arasındadır`,
      in: (field, value) => `${field} bunlardan biridir: ${value}`,
      anyOf: (field, value) => `${field} arasında bunlardan biri var: ${value}`,
      allOf: (field, value) => `${field} arasında bunların hamısı var: ${value}`,
      noneOf: (field, value) => `${field} arasında bunların heç biri yoxdur: ${value}`,
      startsWith: (field, value) => `${field} “${value}” ilə başlayır`,
      endsWith: (field, value) => `${field} “${value}” ilə bitir`,
      contains: (field, value) => `${field} daxilində “${value}” var`,
      glob: (field, value) => `${field} “${value}” kimidir`,
      isMissing: (field) => `${field} məlum deyil`,
      isPresent: (field) => `${field} məlumdur`,
    },
  },
}

const UNITS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { h: 'h', days: 'days', kg: 'kg', years: 'years' },
  az: { h: 'saat', days: 'gün', kg: 'kq', years: 'yaş' },
}

/** A condition as a person reads it: `hours between booking and departure is less than 24 h and paid in cash is yes`. */
export function sentence(expression: Expression, language: Language): string {
  const text = say(expression, language, true)
  return `${capital(text.charAt(0), language)}${text.slice(1)}.`
}

/** The Azerbaijani i keeps its dot. */
const capital = (letter: string, language: Language): string =>
  language === 'az' && letter === 'i' ? 'İ' : letter.toUpperCase()

function say(node: Expression, language: Language, outermost = false): string {
  const words = WORDS[language]
  if (node.op === 'and' || node.op === 'or') {
    const text = node.args.map((arg) => say(arg, language)).join(words[node.op])
    return outermost || node.args.length < 2 ? text : `(${text})`
  }
  if (node.op === 'not') return `${words.not}${say(node.arg, language)}`
  if ('left' in node) {
    const claim = claimOf(node, language)
    if (claim) return claim
    const asked = 'field' in node.left ? fieldById(node.left.field) : undefined
    return (
      words.operators[node.op]?.(
        operandText(node.left, undefined, language),
        operandText(node.right, asked, language),
      ) ?? node.op
    )
  }
  const field = fieldById(node.field)
  const label = field?.label[language] ?? node.field
  return words.operators[node.op]?.(label, valueText(node, field, language)) ?? node.op
}

/** `paid in cash`, not: `paid in cash is yes`. */
function claimOf({ op, left, right }: ComparisonLeaf, language: Language): string | undefined {
  if ((op !== 'eq' && op !== 'ne') || !('field' in left) || !('value' in right) || typeof right.value !== 'boolean')
    return undefined
  const label = fieldById(left.field)?.label[language] ?? left.field
  return right.value === (op === 'eq') ? label : WORDS[language].not + label
}

function valueText(node: FieldLeaf, field: Field | undefined, language: Language): string {
  const unit = unitOf(field, language)
  if (node.op === 'between') return `${node.lo}–${node.hi}${unit}`
  if ('values' in node) return node.values.map((one) => literal(one, language)).join(', ') + unit
  return 'value' in node ? node.value : ''
}

function operandText(one: Operand, beside: Field | undefined, language: Language): string {
  if ('field' in one) return fieldById(one.field)?.label[language] ?? one.field
  return literal(one.value, language) + unitOf(beside, language)
}

const unitOf = (field: Field | undefined, language: Language): string =>
  field?.unit ? ` ${UNITS[language][field.unit] ?? field.unit}` : ''

const literal = (value: Literal, language: Language): string =>
  typeof value === 'boolean' ? (value ? WORDS[language].yes : WORDS[language].no) : String(value)
