import { ApiError, NO_ANSWER, problemFrom } from './api-error.ts';
import type { Upload } from './types.ts';

/**
 * Uploads one file. XMLHttpRequest, because fetch cannot report how much of a body has left.
 * `onProgress` gets bytes sent.
 */
export function uploadFile(
  file: File,
  onProgress: (sent: number) => void,
  signal?: AbortSignal,
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', '/api/v1/uploads');
    request.responseType = 'json';
    request.setRequestHeader('idempotency-key', crypto.randomUUID());
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        const answer = request.response;
        resolve({ filename: file.name, contentType: file.type, size: file.size, ...answer });
        return;
      }
      const id = request.getResponseHeader('x-request-id');
      reject(new ApiError(problemFrom(request.status, request.response, id)));
    };
    request.onabort = request.onerror = () => reject(new ApiError(NO_ANSWER));
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
