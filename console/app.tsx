import { Center, Loader } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { SessionView } from '../src/http/contract.ts'
import { get, RefusedError, sessionEnded } from './lib/http.ts'
import { openLive } from './lib/live.ts'
import { SESSION, SessionContext } from './lib/session.ts'
import { ChoosePurpose } from './pages/choose-purpose.tsx'
import { SignIn } from './pages/sign-in.tsx'
import { Failed } from './parts/states.tsx'
import { router } from './routes.tsx'

const currentSession = (): Promise<SessionView | null> =>
  get<SessionView>('/v1/session').catch((problem: unknown) => {
    if (problem instanceof RefusedError && problem.status === 401) return null
    throw problem
  })

export function App() {
  const queries = useQueryClient()
  const {
    data: session,
    error,
    isPending,
    refetch,
  } = useQuery({ queryKey: SESSION, queryFn: currentSession, staleTime: Number.POSITIVE_INFINITY })
  useEffect(() => {
    const over = (): void => {
      queries.setQueryData(SESSION, null)
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })
    }
    sessionEnded.addEventListener('ended', over)
    return () => sessionEnded.removeEventListener('ended', over)
  }, [queries])
  if (isPending) {
    return (
      <Center h="100dvh">
        <Loader aria-label="…" />
      </Center>
    )
  }
  if (error) return <Failed problem={error} retry={refetch} />
  if (!session) return <SignIn />
  if (!session.purpose && session.purposes.length > 0) return <ChoosePurpose session={session} />
  return (
    <SessionContext.Provider value={session}>
      <Live />
      <RouterProvider router={router} />
    </SessionContext.Provider>
  )
}

function Live() {
  const queries = useQueryClient()
  useEffect(
    () => openLive(() => void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })),
    [queries],
  )
  return null
}
