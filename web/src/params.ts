import { defineParams } from '@sveltejs/kit/params';
import { viewOf } from '#lib/list/views.ts';

export const params = defineParams({ view: viewOf });
