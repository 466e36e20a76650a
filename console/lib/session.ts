import { createContext, useContext } from 'react'
import type { Permission, SessionView } from '../../src/http/contract.ts'

export const SessionContext = createContext<SessionView | undefined>(undefined)

/** Key of the session among what was asked of the server. */
export const SESSION = ['session'] as const

export function useSession(): SessionView {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a session is used outside its provider')
  return session
}

export const useMay = (permission: Permission): boolean => useSession().permissions.includes(permission)
