'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { isAtLeast, type Role } from '@/domain/team/roles'

export type ShellUser = { name: string; email: string; role: Role }

const UserContext = createContext<ShellUser | null>(null)

export function UserProvider({ user, children }: { user: ShellUser; children: ReactNode }) {
  return <UserContext value={user}>{children}</UserContext>
}

/** The role of the person signed in, who may do nothing as long as nobody is. */
export const useRole = (): Role => useContext(UserContext)?.role ?? 'viewer'

/** Whether they may do more than look. What they may do is checked again by the server. */
export const useMayWrite = () => isAtLeast(useRole(), 'member')

/** Whether they may change settings, mailboxes and people. What they may do is checked again by the server. */
export const useMayManage = () => isAtLeast(useRole(), 'admin')
