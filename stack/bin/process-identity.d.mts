export function processStart(pid: number): string | null;
export function isAlive(pid: number, started: string | null): boolean;
