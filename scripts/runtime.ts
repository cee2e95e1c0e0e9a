import { ensureBuild } from './lib/app/build'
import { createOutput } from './lib/output'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'
import { makeRuntimeFolder, sizeOf } from './lib/runtime/make-folder'

// npm run runtime -- FOLDER  makes what a machine or an image runs from. The Dockerfile calls it too.
await runScript(async () => {
  const [folder, ...more] = process.argv.slice(2)
  if (!folder || more.length > 0) throw new Problem('Name one folder: npm run runtime -- FOLDER. Nothing was made.')
  await ensureBuild(createOutput())
  await makeRuntimeFolder(folder)
  console.log(
    `${folder}: ${Math.round((await sizeOf(folder)) / 1_000_000)} MB. It runs by: node leadnexconnect.mjs all`,
  )
})
