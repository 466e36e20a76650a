import type { Comparison, Expression, Literal, Operand } from '#domain/rule.ts'
import type { FieldValue } from './fields.ts'

/** Gives a field's value; each is read once for a movement, whatever the number of rules. */
export type FieldReader = (field: string) => FieldValue

/**
 * Whether a condition holds. Total: it never throws, and its time is linear in the tree and the values. A leaf that
 * touches a missing value is false; `not` turns it true.
 */
export function evaluate(expression: Expression, read: FieldReader): boolean {
  switch (expression.op) {
    case 'and':
      for (const arg of expression.args) if (!evaluate(arg, read)) return false
      return true
    case 'or':
      for (const arg of expression.args) if (evaluate(arg, read)) return true
      return false
    case 'not':
      return !evaluate(expression.arg, read)
    case 'isMissing':
      return read(expression.field) === undefined
    case 'isPresent':
      return read(expression.field) !== undefined
    case 'between': {
      const value = read(expression.field)
      return typeof value === 'number' && value >= expression.lo && value <= expression.hi
    }
    case 'in':
    case 'anyOf':
    case 'allOf':
    case 'noneOf':
      return isMember(expression.op, read(expression.field), expression.values)
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'glob':
      return textTest(expression.op, read(expression.field), expression.value)
    default:
      return compare(expression.op, operand(expression.left, read), operand(expression.right, read))
  }
}

export const operand = (one: Operand, read: FieldReader): FieldValue => ('field' in one ? read(one.field) : one.value)

export function compare(op: Comparison, left: FieldValue, right: FieldValue): boolean {
  if (left === undefined || right === undefined || typeof left !== typeof right) return false
  if (typeof left === 'object' || typeof right === 'object') return false
  switch (op) {
    case 'eq':
      return left === right
    case 'ne':
      return left !== right
    case 'lt':
      return left < right
    case 'lte':
      return left <= right
    case 'gt':
      return left > right
    case 'gte':
      return left >= right
  }
}

function isMember(op: 'in' | 'anyOf' | 'allOf' | 'noneOf', value: FieldValue, values: readonly Literal[]): boolean {
  if (value === undefined) return false
  if (op === 'in') return typeof value !== 'object' && values.includes(value)
  if (typeof value !== 'object') return false
  if (op === 'anyOf') return values.some((one) => typeof one === 'string' && value.includes(one))
  if (op === 'allOf') return values.every((one) => typeof one === 'string' && value.includes(one))
  return !values.some((one) => typeof one === 'string' && value.includes(one))
}

/** On a list, one item that fits is enough. */
function textTest(op: 'startsWith' | 'endsWith' | 'contains' | 'glob', value: FieldValue, wanted: string): boolean {
  if (typeof value === 'object') return value.some((one) => textTest(op, one, wanted))
  if (typeof value !== 'string') return false
  const [text, part] = [value.toLowerCase(), wanted.toLowerCase()]
  if (op === 'startsWith') return text.startsWith(part)
  if (op === 'endsWith') return text.endsWith(part)
  if (op === 'contains') return text.includes(part)
  return glob(text, part)
}

/** `*` any run, `?` any one character; linear, by going back to the last star only. */
export function glob(text: string, pattern: string): boolean {
  let [at, in_, star, mark] = [0, 0, -1, 0]
  while (at < text.length) {
    if (in_ < pattern.length && (pattern[in_] === '?' || (pattern[in_] === text[at] && pattern[in_] !== '*'))) {
      at++
      in_++
    } else if (pattern[in_] === '*') {
      star = in_++
      mark = at
    } else if (star >= 0) {
      in_ = star + 1
      at = ++mark
    } else return false
  }
  while (pattern[in_] === '*') in_++
  return in_ === pattern.length
}
