import { isAtLeast, type Role } from './roles'

/** Who may do something: at least this role, anybody who is signed in or not. */
export type Access = Role | 'anyone'

/** Who may call which procedure of the API. What does not stand here nobody may call. */
export const PROCEDURES: Readonly<Record<string, Access>> = {
  'account.deleteView': 'viewer',
  'account.endOtherSessions': 'viewer',
  'account.endSession': 'viewer',
  'account.get': 'viewer',
  'account.requestReset': 'anyone',
  'account.resetPassword': 'anyone',
  'account.saveView': 'viewer',
  'account.update': 'viewer',
  'account.views': 'viewer',
  'audit.list': 'admin',
  'batches.create': 'member',
  'batches.delete': 'member',
  'batches.get': 'viewer',
  'batches.importCsv': 'member',
  'batches.list': 'viewer',
  'batches.update': 'member',
  'campaigns.applyChange': 'member',
  'campaigns.archive': 'member',
  'campaigns.create': 'member',
  'campaigns.delete': 'member',
  'campaigns.duplicate': 'member',
  'campaigns.email': 'viewer',
  'campaigns.emails': 'viewer',
  'campaigns.estimate': 'viewer',
  'campaigns.events': 'viewer',
  'campaigns.forecast': 'viewer',
  'campaigns.get': 'viewer',
  'campaigns.list': 'viewer',
  'campaigns.listChanges': 'viewer',
  'campaigns.pause': 'member',
  'campaigns.preflight': 'viewer',
  'campaigns.previewChange': 'member',
  'campaigns.progress': 'viewer',
  'campaigns.resolveHeld': 'member',
  'campaigns.results': 'viewer',
  'campaigns.resume': 'member',
  'campaigns.resumePreview': 'viewer',
  'campaigns.retryFailed': 'member',
  'campaigns.schedule': 'member',
  'campaigns.sequencePreview': 'viewer',
  'campaigns.start': 'member',
  'campaigns.stop': 'member',
  'campaigns.unarchive': 'member',
  'campaigns.undoChange': 'viewer',
  'campaigns.update': 'member',
  'inbox.addNote': 'member',
  'inbox.assign': 'member',
  'inbox.campaigns': 'viewer',
  'inbox.counts': 'viewer',
  'inbox.get': 'viewer',
  'inbox.list': 'viewer',
  'inbox.removeNote': 'member',
  'inbox.resetInterest': 'member',
  'inbox.setDone': 'member',
  'inbox.setInterest': 'member',
  'inbox.setUnread': 'member',
  'inbox.snooze': 'member',
  'invitations.accept': 'anyone',
  'leadSources.list': 'viewer',
  'leadSources.save': 'admin',
  'leadSources.test': 'admin',
  'leads.correctMessage': 'member',
  'leads.create': 'member',
  'leads.customFields': 'viewer',
  'leads.delete': 'member',
  'leads.get': 'viewer',
  'leads.list': 'viewer',
  'leads.receivedMessage': 'viewer',
  'leads.setStatus': 'member',
  'leads.update': 'member',
  'mailboxes.checkDomain': 'admin',
  'mailboxes.create': 'admin',
  'mailboxes.delete': 'admin',
  'mailboxes.endSignIn': 'admin',
  'mailboxes.list': 'viewer',
  'mailboxes.oauthClients': 'admin',
  'mailboxes.provider': 'admin',
  'mailboxes.saveOauthClient': 'admin',
  'mailboxes.startSignIn': 'admin',
  'mailboxes.test': 'admin',
  'mailboxes.update': 'admin',
  'massActs.count': 'viewer',
  'massActs.list': 'viewer',
  'massActs.preview': 'member',
  'massActs.start': 'member',
  'massActs.stop': 'member',
  'massActs.undo': 'member',
  'replies.draft': 'viewer',
  'replies.fromTemplate': 'viewer',
  'replies.list': 'viewer',
  'replies.resolveHeld': 'member',
  'replies.retry': 'member',
  'replies.send': 'member',
  'replies.undo': 'member',
  'runs.get': 'viewer',
  'runs.list': 'viewer',
  'sandbox.answer': 'member',
  'sandbox.answers': 'viewer',
  'sandbox.get': 'viewer',
  'sandbox.list': 'viewer',
  'settings.get': 'viewer',
  'settings.loadSampleData': 'admin',
  'settings.update': 'admin',
  'suppression.add': 'member',
  'suppression.import': 'member',
  'suppression.list': 'viewer',
  'suppression.removals': 'viewer',
  'suppression.remove': 'member',
  'team.changeRole': 'admin',
  'team.endInvitation': 'admin',
  'team.endTwoFactor': 'owner',
  'team.invite': 'admin',
  'team.people': 'viewer',
  'team.remove': 'admin',
  'team.resetLink': 'owner',
  'templates.create': 'member',
  'templates.delete': 'member',
  'templates.get': 'viewer',
  'templates.list': 'viewer',
  'templates.preview': 'viewer',
  'templates.saveOwnText': 'member',
  'templates.sendTest': 'member',
  'templates.testMailboxes': 'viewer',
  'templates.update': 'member',
  'workflows.create': 'member',
  'workflows.delete': 'member',
  'workflows.get': 'viewer',
  'workflows.list': 'viewer',
  'workflows.update': 'member',
}

/** Who may use which address of the web process that is no page, by method. What does not stand here nobody may use. */
export const HTTP_ROUTES: Readonly<Record<string, Access>> = {
  // The sign-in: each of its own addresses stands below.
  'GET /api/auth/[...all]': 'anyone',
  'POST /api/auth/[...all]': 'anyone',
  // Lists as files: each says itself who may have it (domain/lists/exports.ts).
  'GET /api/exports/[list]': 'member',
  'POST /api/exports/[list]': 'member',
  // Strangers learn whether all is well, and no more.
  'GET /api/health': 'anyone',
  // What has changed: what it is, each screen asks for itself.
  'GET /api/live': 'viewer',
  'GET /api/messages/[id]': 'viewer',
  'GET /api/oauth/callback': 'admin',
  // The API: each procedure stands above.
  'GET /api/trpc/[trpc]': 'anyone',
  'POST /api/trpc/[trpc]': 'anyone',
  // The signed link is all the authority that recipients of emails need.
  'GET /api/unsubscribe/[token]': 'anyone',
  'POST /api/unsubscribe/[token]': 'anyone',
  'POST /api/uploads': 'member',
}

/** Who may use which address of the sign-in, below `/api/auth`. Those of its library that do not stand here are closed. */
export const AUTH_ROUTES: Readonly<Record<string, Access>> = {
  'POST /change-password': 'viewer',
  'POST /sign-in/email': 'anyone',
  'POST /sign-out': 'anyone',
  // Closed by itself once there is an account.
  'POST /sign-up/email': 'anyone',
  'POST /two-factor/disable': 'viewer',
  'POST /two-factor/enable': 'viewer',
  'POST /two-factor/generate-backup-codes': 'viewer',
  // The second step of a sign-in: a cookie of the first says whose.
  'POST /two-factor/verify-backup-code': 'anyone',
  'POST /two-factor/verify-totp': 'anyone',
}

/** Whether somebody of this role (null: nobody is signed in) may do what asks for `access`; never without an entry. */
export function mayUse(access: Access | undefined, role: Role | null): boolean {
  if (access === undefined) return false
  if (access === 'anyone') return true
  return role !== null && isAtLeast(role, access)
}

/** The answer to somebody whose role does not reach. */
export function refusalWords(access: Access | undefined): string {
  if (access === undefined || access === 'anyone') return 'Nobody may do this. Nothing was changed.'
  return `${NEEDED[access]} Nothing was changed.`
}

const NEEDED: Record<Role, string> = {
  owner: 'Only an owner can do this.',
  admin: 'Only an owner or an admin can do this.',
  member: 'Viewers can look at everything and change nothing: ask an owner or an admin for another role.',
  viewer: 'Sign in first.',
}
