import { Group, Paper, Stack, Table, Text } from '@mantine/core'
import { useWords } from '../i18n/words.tsx'
import { utc } from '../lib/time.ts'
import type { HitView, WatchlistWhyView } from '../lib/types.ts'
import { Severity } from './facts.tsx'

/** Why a hit is a hit: what was compared, how it met, what it counted for. Never a bare number. */
export function Why({ hit }: { readonly hit: HitView }) {
  const { say, sayCode, pick } = useWords()
  return (
    <Paper
      className="panel"
      p="sm"
      component="section"
      data-why
      tabIndex={-1}
      aria-label={say('why.title', { title: pick(hit.titles) })}
    >
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Group gap="sm">
            <Severity of={hit.severity} />
            <Text fw={600}>{pick(hit.titles)}</Text>
            <Text size="sm" className="muted">
              {say(hit.kind === 'rule' ? 'why.rule' : 'why.list')}
            </Text>
          </Group>
          <Text size="sm">
            {say('why.asks')} <b>{sayCode('action', hit.action)}</b>
          </Text>
        </Group>
        {hit.nowFalseSince && (
          <Text size="sm" className="severity-medium">
            {say('why.now-false', { at: utc(hit.nowFalseSince) })}
          </Text>
        )}
        {hit.why.kind === 'rule' ? (
          <>
            <Text size="sm">{pick(hit.why.sentence)}</Text>
            <RuleLines hit={hit} />
          </>
        ) : (
          <ListLines why={hit.why} />
        )}
        <Text size="xs" className="muted">
          {hit.why.kind === 'watchlist' &&
            `${say('why.threshold', { score: hit.score.toFixed(3), threshold: hit.why.threshold, count: hit.evidenceCount })} · ${say('why.versions', { list: hit.why.listVersion, scorer: hit.why.scorerVersion })} · `}
          {say('why.first-seen', { at: utc(hit.firstSeen) })}
          {hit.reason && ` · ${hit.reason}`}
        </Text>
        {hit.disposition && (
          <Text size="sm">
            {say('why.decided', {
              outcome: sayCode('outcome', hit.disposition.outcome),
              reason: sayCode('reason', hit.disposition.reason),
              by: hit.disposition.by,
              at: utc(hit.disposition.at),
            })}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}

/** Dates stay on one line; numbers of documents tell 0 from O. */
const dated = (feature: string): string | undefined =>
  feature === 'birth-date' ? 'nowrap' : feature === 'document' ? 'mono' : undefined

function ListLines({ why }: { readonly why: WatchlistWhyView }) {
  const { say, sayCode } = useWords()
  return (
    <Table verticalSpacing={4} fz="sm" aria-label={say('why.evidence')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('why.feature')}</Table.Th>
          <Table.Th>{say('why.traveller')}</Table.Th>
          <Table.Th>{say('why.entry')}</Table.Th>
          <Table.Th>{say('why.how')}</Table.Th>
          <Table.Th ta="end">{say('why.points')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {why.lines.map((line) => (
          <Table.Tr key={line.feature + line.traveller + line.entry}>
            <Table.Td>
              {sayCode('feature', line.feature)}
              {line.source && <small className="muted"> {line.source.toUpperCase()}</small>}
            </Table.Td>
            <Table.Td>
              <bdi className={dated(line.feature)}>{line.traveller || '—'}</bdi>
            </Table.Td>
            <Table.Td>
              <bdi className={dated(line.feature)}>{line.entry || '—'}</bdi>
            </Table.Td>
            <Table.Td>
              {sayCode('how', line.how)}
              {line.tokens && (
                <Text size="xs" className="muted">
                  {line.tokens.map((token) => (
                    <span key={token.traveller + token.entry} className="token">
                      <bdi>{token.traveller || '∅'}</bdi> ↔ <bdi>{token.entry || '∅'}</bdi> ({sayCode('how', token.how)}
                      {token.points > 0 && `, ${token.points.toFixed(1)}`})
                    </span>
                  ))}
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="end">{line.points > 0 ? `+${line.points}` : line.points}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function RuleLines({ hit }: { readonly hit: HitView }) {
  const { say, sayCode, pick } = useWords()
  if (hit.why.kind !== 'rule') return null
  const { lines } = hit.why
  const isNegated = (path: string): boolean =>
    lines.some((line) => line.operator === 'not' && path === (line.path ? `${line.path}.arg` : 'arg'))
  return (
    <Table verticalSpacing={4} fz="sm" aria-label={say('why.conditions')}>
      <Table.Tbody>
        {lines
          .filter((line) => line.field)
          .map((line) => {
            const negated = isNegated(line.path)
            const holds = line.holds !== negated
            return (
              <Table.Tr key={line.path}>
                <Table.Td w={28}>
                  <span role="img" aria-label={say(holds ? 'why.holds' : 'why.holds-not')}>
                    {holds ? '✓' : '✗'}
                  </span>
                </Table.Td>
                <Table.Td>{line.label ? pick(line.label) : line.field}</Table.Td>
                <Table.Td>
                  {negated && `${say('why.negated')} `}
                  {sayCode('operator', line.operator)} {line.wanted !== undefined && sayCode('value', line.wanted)}
                </Table.Td>
                <Table.Td className="muted">
                  {say('why.actual', {
                    value: line.actual === undefined ? say('why.unknown') : sayCode('value', line.actual),
                  })}
                </Table.Td>
              </Table.Tr>
            )
          })}
      </Table.Tbody>
    </Table>
  )
}
