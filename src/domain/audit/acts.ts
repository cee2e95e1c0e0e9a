/** What the audit log calls the acts of people, with the words that screens show and the group by which they are found. */
export const ACTS = {
  owner_created: { words: 'Created the owner', group: 'sign_in' },
  signed_in: { words: 'Signed in', group: 'sign_in' },
  signed_out: { words: 'Signed out', group: 'sign_in' },
  account_changed: { words: 'Changed their name', group: 'account' },
  password_changed: { words: 'Changed their password', group: 'account' },
  password_reset: { words: 'Set a new password with a link', group: 'account' },
  session_ended: { words: 'Ended a session of theirs', group: 'account' },
  other_sessions_ended: { words: 'Ended all other sessions of theirs', group: 'account' },
  two_factor_on: { words: 'Turned their second factor on', group: 'account' },
  two_factor_off: { words: 'Turned their second factor off', group: 'account' },
  backup_codes_renewed: { words: 'Made new backup codes', group: 'account' },
  person_invited: { words: 'Invited', group: 'team' },
  invitation_ended: { words: 'Took back an invitation', group: 'team' },
  invitation_accepted: { words: 'Joined by an invitation', group: 'team' },
  role_changed: { words: 'Changed a role', group: 'team' },
  member_removed: { words: 'Removed a member', group: 'team' },
  reset_link_made: { words: 'Made a link for a new password', group: 'team' },
  member_two_factor_off: { words: 'Turned off the second factor of', group: 'team' },
  mailbox_created: { words: 'Connected a mailbox', group: 'mailboxes' },
  mailbox_changed: { words: 'Changed a mailbox', group: 'mailboxes' },
  mailbox_deleted: { words: 'Deleted a mailbox', group: 'mailboxes' },
  mailbox_sign_in_started: { words: 'Began the sign-in of a mailbox', group: 'mailboxes' },
  mailbox_signed_in: { words: 'Signed a mailbox in', group: 'mailboxes' },
  mailbox_sign_in_ended: { words: 'Ended the sign-in of a mailbox', group: 'mailboxes' },
  oauth_client_saved: { words: 'Changed how mailboxes sign in', group: 'mailboxes' },
  lead_source_saved: { words: 'Changed a lead source', group: 'settings' },
  settings_changed: { words: 'Changed settings', group: 'settings' },
  restore_accepted: { words: 'Accepted what was restored from a backup', group: 'settings' },
  sample_data_loaded: { words: 'Loaded sample data', group: 'settings' },
  suppression_added: { words: 'Added to the suppression list', group: 'suppression' },
  many_suppressed: { words: 'Put many leads on the suppression list', group: 'suppression' },
  suppression_imported: { words: 'Imported into the suppression list', group: 'suppression' },
  suppression_removed: { words: 'Took off the suppression list', group: 'suppression' },
  campaign_started: { words: 'Started a campaign', group: 'campaigns' },
  campaign_scheduled: { words: 'Scheduled a campaign', group: 'campaigns' },
  campaign_paused: { words: 'Paused a campaign', group: 'campaigns' },
  campaign_resumed: { words: 'Resumed a campaign', group: 'campaigns' },
  campaign_changed: { words: 'Changed a campaign', group: 'campaigns' },
  campaign_stopped: { words: 'Stopped a campaign', group: 'campaigns' },
  campaign_deleted: { words: 'Deleted a campaign', group: 'campaigns' },
  campaign_archived: { words: 'Archived a campaign', group: 'campaigns' },
  campaign_unarchived: { words: 'Took a campaign out of the archive', group: 'campaigns' },
  emails_retried: { words: 'Retried failed emails', group: 'campaigns' },
  held_resolved: { words: 'Decided over held emails', group: 'campaigns' },
  reply_written: { words: 'Wrote a reply', group: 'replies' },
  reply_taken_back: { words: 'Took back a reply', group: 'replies' },
  reply_retried: { words: 'Retried a failed reply', group: 'replies' },
  held_reply_resolved: { words: 'Decided over a held reply', group: 'replies' },
  list_exported: { words: 'Exported', group: 'leads' },
  leads_imported: { words: 'Imported leads', group: 'leads' },
  import_cancelled: { words: 'Cancelled an import of', group: 'leads' },
  import_rolled_back: { words: 'Rolled back the import of', group: 'leads' },
  lead_status_set: { words: 'Set the status of leads', group: 'leads' },
  message_corrected: { words: 'Corrected what a message is', group: 'leads' },
  interest_confirmed: { words: 'Confirmed what an answer says', group: 'leads' },
  interest_taken_back: { words: 'Took back what an answer says', group: 'leads' },
  conversation_assigned: { words: 'Assigned a conversation to', group: 'leads' },
  leads_deleted: { words: 'Deleted leads', group: 'leads' },
  mass_act_started: { words: 'Changed many leads', group: 'leads' },
  mass_act_stopped: { words: 'Stopped changing many leads', group: 'leads' },
  mass_act_undone: { words: 'Took back a change of many leads', group: 'leads' },
  batch_deleted: { words: 'Deleted a batch', group: 'leads' },
  template_deleted: { words: 'Deleted a template', group: 'leads' },
  workflow_deleted: { words: 'Deleted a workflow', group: 'leads' },
} as const satisfies Record<string, { words: string; group: string }>

export type Act = keyof typeof ACTS
export type ActGroup = (typeof ACTS)[Act]['group']

/** `begun`: written before the act; whether it was done is not known where it stays so. */
export const ACT_OUTCOMES = ['begun', 'done', 'refused', 'failed'] as const
export type ActOutcome = (typeof ACT_OUTCOMES)[number]

export const ACT_GROUPS: Record<ActGroup, string> = {
  sign_in: 'Sign-ins',
  account: 'Accounts',
  team: 'Team',
  mailboxes: 'Mailboxes',
  settings: 'Settings',
  suppression: 'Suppression',
  campaigns: 'Campaigns',
  replies: 'Replies',
  leads: 'Leads and texts',
}

export const isAct = (text: string): text is Act => Object.hasOwn(ACTS, text)

/** The acts of a group. */
export const actsOf = (group: ActGroup): Act[] =>
  Object.entries(ACTS).flatMap(([act, { group: of }]) => (of === group && isAct(act) ? [act] : []))
