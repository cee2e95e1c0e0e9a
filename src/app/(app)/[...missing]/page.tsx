import { notFound } from 'next/navigation'

/** Every address that is none: said inside the frame of the app, with its navigation. */
export default function Page() {
  notFound()
}
