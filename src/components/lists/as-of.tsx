import { OwnTime } from '@/components/time/own-time'

/** Beside what is not shown as it is now, but as it was some seconds ago. */
export const AsOf = ({ at }: { at: Date | null | undefined }) =>
  at ? (
    <p className="mb-3 text-caption text-ink-3" role="status">
      As of <OwnTime at={at} format="seconds" />. What has changed since is shown in a moment.
    </p>
  ) : null
