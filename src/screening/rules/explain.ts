import type { RuleLine } from '#domain/hit.ts'
import type { Expression, FieldLeaf } from '#domain/rule.ts'
import { evaluate, type FieldReader, operand } from './evaluate.ts'
import { type FieldValue, fieldById } from './fields.ts'

/** Every node of a condition with what was there and what was wanted, in the order in which it is read. */
export function explain(expression: Expression, read: FieldReader): readonly RuleLine[] {
  const lines: RuleLine[] = []
  const walk = (node: Expression, path: string, depth: number): void => {
    lines.push({ path, depth, holds: evaluate(node, read), operator: node.op, ...detail(node, read) })
    const below = (part: string): string => (path ? `${path}.${part}` : part)
    if (node.op === 'and' || node.op === 'or')
      for (const [index, arg] of node.args.entries()) walk(arg, below(`args.${index}`), depth + 1)
    if (node.op === 'not') walk(node.arg, below('arg'), depth + 1)
  }
  walk(expression, '', 0)
  return lines
}

function detail(node: Expression, read: FieldReader): Partial<Pick<RuleLine, 'field' | 'label' | 'actual' | 'wanted'>> {
  if (node.op === 'and' || node.op === 'or' || node.op === 'not') return {}
  if ('left' in node) {
    const [asked, against] = 'field' in node.left ? [node.left, node.right] : [node.right, node.left]
    const wanted = shown(operand(against, read))
    const actual = shown(operand(asked, read))
    return {
      ...('field' in asked && named(asked.field)),
      ...(actual !== undefined && { actual }),
      ...(wanted !== undefined && { wanted }),
    }
  }
  const actual = shown(read(node.field))
  const wanted = wantedOf(node)
  return { ...named(node.field), ...(actual !== undefined && { actual }), ...(wanted !== undefined && { wanted }) }
}

function named(field: string): Pick<RuleLine, 'field' | 'label'> {
  const label = fieldById(field)?.label
  return { field, ...(label && { label }) }
}

function wantedOf(node: FieldLeaf): string | undefined {
  if (node.op === 'between') return `${node.lo}–${node.hi}`
  if ('values' in node) return node.values.slice(0, 20).join(', ') + (node.values.length > 20 ? ' …' : '')
  return 'value' in node ? node.value : undefined
}

function shown(value: FieldValue): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number') return String(Math.round(value * 10) / 10)
  return typeof value === 'object' ? value.join(', ') : String(value)
}
