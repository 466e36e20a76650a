/** What went wrong with something a sender or a user gave us: a value, never an exception. */
export interface Problem<Code extends string = string> {
  readonly code: Code
  /** Values of codes and counts may be quoted here; names, documents and other personal data never. */
  readonly detail: string
}

export type Result<T, P = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly P[] }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const bad = <P>(...problems: readonly P[]): { readonly ok: false; readonly problems: readonly P[] } => ({
  ok: false,
  problems,
})
