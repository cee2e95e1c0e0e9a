import { isAtLeast, ROLES, type Role } from './roles'

/** Whether somebody of this role may give `role` to another, take it from them, or invite people to it: none above their own. */
export const mayGive = (own: Role, role: Role): boolean => isAtLeast(own, 'admin') && isAtLeast(own, role)

/** Those who may give all of these roles. */
export const giversOf = (...roles: readonly Role[]): Role[] =>
  ROLES.filter((own) => roles.every((role) => mayGive(own, role)))

/** The roles that somebody may give. */
export const rolesToGive = (own: Role): Role[] => ROLES.filter((role) => mayGive(own, role))

/** Those who may give all that somebody of this role may. */
export const peersOf = (own: Role): Role[] => giversOf(...rolesToGive(own))

/** How long an invitation can be accepted. */
export const INVITATION_DAYS = 7
