import type { ComparisonLeaf, Expression, Leaf, Literal, Operand } from '#domain/rule.ts'
import { type Field, type FieldType, fieldById } from './fields.ts'

/** What is wrong with a rule, on the exact node: `path` is `args.0.left`, empty for the whole. */
export interface RuleProblem {
  readonly path: string
  readonly code:
    | 'rule.too-large'
    | 'rule.too-deep'
    | 'rule.empty'
    | 'rule.field-unknown'
    | 'rule.type'
    | 'rule.range'
    | 'rule.number'
    | 'rule.too-many-values'
    | 'rule.no-field'
    | 'rule.only-traits'
  readonly args?: Readonly<Record<string, string | number>>
}

const MOST_NODES = 200
const DEEPEST = 6
const MOST_VALUES = 1_000

/** Checks a condition before it can be saved; a rule without problems evaluates without surprises. */
export function checkRule(expression: Expression): readonly RuleProblem[] {
  const problems: RuleProblem[] = []
  const fields = new Set<string>()
  const walk = (node: Expression, path: string, depth: number): number => {
    if (depth > DEEPEST) {
      problems.push({ path, code: 'rule.too-deep', args: { most: DEEPEST } })
      return 1
    }
    if (node.op === 'and' || node.op === 'or') {
      if (node.args.length === 0) problems.push({ path, code: 'rule.empty' })
      return node.args.reduce((count, arg, index) => count + walk(arg, join(path, `args.${index}`), depth + 1), 1)
    }
    if (node.op === 'not') return 1 + walk(node.arg, join(path, 'arg'), depth + 1)
    problems.push(...checkLeaf(node, path, fields))
    return 1
  }
  if (walk(expression, '', 1) > MOST_NODES)
    problems.push({ path: '', code: 'rule.too-large', args: { most: MOST_NODES } })
  const known = [...fields].flatMap((id) => fieldById(id) ?? [])
  if (known.length > 0 && known.every((one) => one.trait)) problems.push({ path: '', code: 'rule.only-traits' })
  return problems
}

const join = (path: string, part: string): string => (path ? `${path}.${part}` : part)

function checkLeaf(leaf: Leaf, path: string, fields: Set<string>): readonly RuleProblem[] {
  const known = (id: string, at: string): Field | RuleProblem => {
    fields.add(id)
    return fieldById(id) ?? { path: at, code: 'rule.field-unknown', args: { field: id } }
  }
  if ('left' in leaf) return checkComparison(leaf, path, known)
  const found = known(leaf.field, join(path, 'field'))
  if ('code' in found) return [found]
  switch (leaf.op) {
    case 'between':
      if (found.type !== 'number') return [wrongType(path, 'number', found.type)]
      return Number.isFinite(leaf.lo) && Number.isFinite(leaf.hi) && leaf.lo <= leaf.hi
        ? []
        : [{ path, code: 'rule.range' }]
    case 'in':
      return checkValues(leaf.values, path, found.type === 'list' ? undefined : found.type)
    case 'anyOf':
    case 'allOf':
    case 'noneOf':
      return found.type === 'list' ? checkValues(leaf.values, path, 'text') : [wrongType(path, 'list', found.type)]
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'glob':
      if (found.type !== 'text' && found.type !== 'list') return [wrongType(path, 'text', found.type)]
      return leaf.value === '' ? [{ path: join(path, 'value'), code: 'rule.empty' }] : []
    default:
      return []
  }
}

const wrongType = (path: string, wanted: string, found: string): RuleProblem => ({
  path,
  code: 'rule.type',
  args: { wanted, found },
})

function checkValues(values: readonly Literal[], path: string, type: FieldType | undefined): readonly RuleProblem[] {
  const at = join(path, 'values')
  if (values.length === 0) return [{ path: at, code: 'rule.empty' }]
  if (values.length > MOST_VALUES) return [{ path: at, code: 'rule.too-many-values', args: { most: MOST_VALUES } }]
  const wrong = values.findIndex((one) => type === undefined || typeOf(one) !== type)
  return wrong < 0 ? [] : [wrongType(`${at}.${wrong}`, type ?? 'one value', typeOf(values[wrong] ?? ''))]
}

const typeOf = (value: Literal): FieldType =>
  typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'

function checkComparison(
  leaf: ComparisonLeaf,
  path: string,
  known: (id: string, at: string) => Field | RuleProblem,
): readonly RuleProblem[] {
  const problems: RuleProblem[] = []
  const typeAt = (one: Operand, side: string): FieldType | undefined => {
    const at = join(path, side)
    if ('value' in one) {
      if (typeof one.value === 'number' && !Number.isSafeInteger(Math.trunc(one.value)))
        problems.push({ path: at, code: 'rule.number' })
      return typeOf(one.value)
    }
    const found = known(one.field, at)
    if ('code' in found) {
      problems.push(found)
      return undefined
    }
    return found.type
  }
  const [left, right] = [typeAt(leaf.left, 'left'), typeAt(leaf.right, 'right')]
  if ('value' in leaf.left && 'value' in leaf.right) problems.push({ path, code: 'rule.no-field' })
  if (!left || !right) return problems
  if (left === 'list' || right === 'list') problems.push(wrongType(path, 'one value', 'list'))
  else if (left !== right) problems.push(wrongType(join(path, 'right'), left, right))
  else if (leaf.op !== 'eq' && leaf.op !== 'ne' && left !== 'number') problems.push(wrongType(path, 'number', left))
  return problems
}
