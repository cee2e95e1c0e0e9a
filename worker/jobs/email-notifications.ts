import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { sendNotificationEmail } from '@/use-cases/notifications/send-notification-email'
import { defineJob } from '../job'

/** Emails one person what they want to be told of by email. */
export const emailNotificationsJob = defineJob({
  name: JOB.emailNotifications,
  // What was begun is never begun again, and what fails says so in the app: nothing is tried twice.
  queue: { notify: false, retryLimit: 0, expireInSeconds: 300 },
  payload: z.object({ userId: z.string().min(1).max(100) }),
  places: [{ localConcurrency: 2, pollingIntervalSeconds: 5 }],
  handle: (deps, { userId }) => sendNotificationEmail(deps, { userId }),
})
