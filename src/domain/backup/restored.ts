/** A time of a backup as it is written: to the minute, in UTC. */
export const backupTime = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Why campaigns are paused after a restore. */
export const restoredReason = (takenAt: Date): string => `restored from a backup of ${backupTime(takenAt)}`

/** Why an email or a reply is held after a restore: it was due before that, and may have left. */
export const mayHaveLeft = (takenAt: Date): string =>
  `It may have been sent after the backup of ${backupTime(takenAt)}.`

/** Why somebody of the team gets no email about what they wanted to be told of; follows "No email was sent about it: ". */
export const mayHaveTold = (takenAt: Date): string => `one may have gone after the backup of ${backupTime(takenAt)}.`
