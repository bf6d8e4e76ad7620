import { TestWorkflowEnvironment } from '@temporalio/testing';

/** Makes the SDK fetch its dev server into the folder that is named, and start it once. */
const [folder] = process.argv.slice(2);
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: folder } },
});
await environment.teardown();
