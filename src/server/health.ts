import 'server-only'
import { createSharedLook, type Look } from '@/use-cases/maintenance/get-health'

// Of the process; routes are bundled apart.
const shared = globalThis as typeof globalThis & { leadnexHealth?: Look }

/**
 * The look at health of this web process: what strangers ask may take neither its connections nor the disk of the database, and who is
 * told that something has changed is answered by the same look.
 */
export function getHealthLook(): Look {
  shared.leadnexHealth ??= createSharedLook()
  return shared.leadnexHealth
}
