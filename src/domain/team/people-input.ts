import { z } from 'zod'
import { singleLine } from '../single-line'
import { PASSWORD_LENGTH } from './password-length'
import { ROLES } from './roles'

const accountEmail = z.string().max(1_000).trim().toLowerCase().pipe(z.email().max(254))
const accountName = singleLine(100).refine((name) => name !== '')
const newPassword = z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max)

export const invitationInput = z.object({ email: accountEmail, role: z.enum(ROLES) })
export const acceptedInput = z.object({ token: z.string().max(200), name: accountName, password: newPassword })
export const renameInput = z.object({ name: accountName })
export const resetRequestInput = z.object({ email: accountEmail })
export const resetInput = z.object({ token: z.string().max(200), password: newPassword })
