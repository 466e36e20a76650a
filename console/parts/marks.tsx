/** Small drawings beside words; never alone in carrying a meaning. */

function Drawing({ d }: { readonly d: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  )
}

const MARKS = {
  queue: 'M3 5h9M3 10h9M3 15h6M15 4v9m-2.5-2.5L15 13l2.5-2.5',
  flights: 'M2.5 12.5l15-5.5-1.2-2.6a1 1 0 0 0-1.3-.5L10.5 6 5 4.5 3.6 5l3.9 2.8-3 1.3L2.6 8l-1 .4zM3 16.5h14',
  find: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  referrals: 'M3 4.5h14v9H9l-4 3v-3H3zM7 9h6m-2-2 2 2-2 2',
  messages: 'M2.5 4.5h15v11h-15zM2.5 5l7.5 6 7.5-6',
  watchlists: 'M7 5h10M7 10h10M7 15h10M3 5h.5M3 10h.5M3 15h.5',
  rules: 'M10 3v14M4 6h12M4 6l-2 5h4zM16 6l-2 5h4zM7 17h6',
  log: 'M5 2.5h7l3 3v12H5zM8 8h4M8 11h4M8 14h2.5',
} as const

export type MarkName = keyof typeof MARKS

export const Mark = ({ name }: { readonly name: MarkName }) => <Drawing d={MARKS[name]} />
export const MoonMark = () => <Drawing d="M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z" />
export const SunMark = () => (
  <Drawing d="M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1 1M14.7 14.7l1 1M4.3 15.7l1-1M14.7 5.3l1-1" />
)
/** A gate that opens: the sign of the product. */
export const Brand = () => <Drawing d="M3 17V5l7-2.5L17 5v12M7 17v-6.5h6V17M10 6.2v1.6" />
