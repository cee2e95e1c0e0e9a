import { later } from '@/components/ui/later/later'

/** What the tabs of a campaign show, each fetched for itself: one is open at a time. */
export const tabParts = {
  progress: later(() => import('./progress/progress-tab')),
  results: later(() => import('./results/results-tab')),
  runs: later(() => import('../runs/runs-tab')),
  emails: later(() => import('./emails/emails-tab')),
  leads: later(() => import('./emails/leads-tab')),
  activity: later(() => import('./activity-tab')),
  settings: later(() => import('./settings-tab')),
}
