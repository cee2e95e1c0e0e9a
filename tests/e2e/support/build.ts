import { ensureBuild } from '../../../scripts/lib/app/build'
import { createOutput } from '../../../scripts/lib/output'

/** Before the first test: the production build, unless there is one of just these sources. */
export default async function build() {
  await ensureBuild(createOutput())
}
