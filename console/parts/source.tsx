import { Drawer, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SourceRef, SourceView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, query } from '../lib/http.ts'
import { utc } from '../lib/time.ts'
import { Failed, Waiting } from './states.tsx'

/** The sender's own bytes around a value, with the value marked. */
export function SourceDrawer({
  leg,
  traveller,
  source,
  close,
}: {
  readonly leg: string
  readonly traveller: string
  readonly source: SourceRef
  readonly close: () => void
}) {
  const { say } = useWords()
  const path = `/v1/flights/${leg}/travellers/${traveller}/source/${source.transmission}${query({ start: String(source.start), end: String(source.end) })}`
  const { data, error, isPending } = useQuery({ queryKey: ['source', path], queryFn: () => get<SourceView>(path) })
  return (
    <Drawer
      opened
      closeButtonProps={{ 'aria-label': say('common.close') }}
      onClose={close}
      position="right"
      size="lg"
      title={say('source.title')}
    >
      {isPending && <Waiting rows={4} />}
      {error && <Failed problem={error} />}
      {data && (
        <Stack gap="xs">
          <Text size="sm">
            {data.type} · {data.carrier} · {say('source.received', { at: utc(data.receivedAt) })}
          </Text>
          <Link to="/messages/$id" params={{ id: source.transmission }} search={{ at: source.start }}>
            {say('message.open')}
          </Link>
          {data.segments.map((segment) => (
            <div key={segment.number}>
              <Text size="xs" className="muted">
                {say('source.place', { segment: segment.number, byte: segment.byte })}
              </Text>
              <code className="mono source">
                {segment.mark ? (
                  <>
                    {segment.text.slice(0, segment.mark[0])}
                    <mark>{segment.text.slice(segment.mark[0], segment.mark[1])}</mark>
                    {segment.text.slice(segment.mark[1])}
                  </>
                ) : (
                  segment.text
                )}
              </code>
            </div>
          ))}
        </Stack>
      )}
    </Drawer>
  )
}
