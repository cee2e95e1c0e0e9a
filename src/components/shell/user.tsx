'use client'

import { createContext, type ReactNode, useContext } from 'react'

export type ShellUser = { name: string; email: string; role: 'owner' | 'member' }

const UserContext = createContext<ShellUser | null>(null)

export function UserProvider({ user, children }: { user: ShellUser; children: ReactNode }) {
  return <UserContext value={user}>{children}</UserContext>
}

/** Whether the person signed in may change settings and mailboxes. What they may do is checked again by the server. */
export const useIsOwner = () => useContext(UserContext)?.role === 'owner'
