/** What a person may be in this installation, from the one that may do most. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Whether `role` may do what is asked of `least`. */
export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least)

/** The role that a text names; what names none may do least. */
export const roleOf = (text: unknown): Role => ROLES.find((role) => role === text) ?? 'viewer'

/** Roles as they stand on screens. */
export const ROLE_NAMES: Record<Role, string> = { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' }
