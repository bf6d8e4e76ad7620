import { expect, test } from 'vitest';

import { programKind } from './programs.ts';

test('programs are told by how they begin', () => {
  expect(programKind(Buffer.from('MZ\x90\0'))).toBe('a Windows program');
  expect(programKind(Buffer.from('\x7fELF\x02', 'latin1'))).toBe('a Linux program');
  expect(programKind(Buffer.from('#!/bin/sh\nrm -rf /'))).toBe('a script');
  const jar = Buffer.from('PK\x03\x04\x14\0\x08\0META-INF/MANIFEST.MF', 'latin1');
  expect(programKind(jar)).toBe('a Java or Android program');
});

test('documents, pictures, archives and empty files are no programs', () => {
  expect(programKind(Buffer.from('%PDF-1.7'))).toBeNull();
  expect(programKind(Buffer.from('PK\x03\x04word/document.xml', 'latin1'))).toBeNull();
  expect(programKind(Buffer.from('plain words'))).toBeNull();
  expect(programKind(Buffer.alloc(0))).toBeNull();
});
