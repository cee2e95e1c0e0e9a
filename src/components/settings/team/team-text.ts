import { ROLE_NAMES, type Role } from '@/domain/team/roles'

/** What each role may do. */
export const ROLE_HINTS: Record<Role, string> = {
  owner: 'Everything, and decides who else is an owner.',
  admin: 'Everything but owners: also mailboxes, lead sources, settings and people.',
  member: 'Campaigns, leads, templates, workflows and answers.',
  viewer: 'Looks at everything and changes nothing.',
}

/** Roles as radio cards. */
export const roleCards = (roles: readonly Role[]) =>
  roles.map((role) => ({ value: role, label: ROLE_NAMES[role], hint: ROLE_HINTS[role] }))
