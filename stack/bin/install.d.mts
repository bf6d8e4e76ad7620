export function installWhenStale(root: string, env: NodeJS.ProcessEnv): Promise<void>;
export function isInstalled(root: string): boolean;
