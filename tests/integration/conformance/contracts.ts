import { hrIntelligence } from './families/hr-intelligence';
import { recruiter } from './families/recruiter';
import { roleready } from './families/roleready';
import { skillora } from './families/skillora';
import { smartHiring } from './families/smart-hiring';
import type { Promised } from './promised';
import { pythonDumps } from './python';

const WHSEC = /^whsec_[A-Za-z0-9+/]{43}=$/;
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
const compact = (body: unknown) => JSON.stringify(body);
const answered500 = 'The receiver answered 500.';
const words = { success: 'success', failed: 'failed', held: 'pending', answered500 };
const candidate = {
  candidateId: 'cand_1',
  candidateName: 'Zoë 🚀 Ōkafor',
  candidateEmail: 'zoe@example.com',
};

const bpoc: Promised = {
  contract: 'bpoc',
  family: recruiter(),
  event: {
    type: 'application.created',
    data: { applicationId: 'app_1', jobId: 'job_1', ...candidate, jobTitle: 'Support Lead — «night»' },
  },
  name: 'application.*',
  otherName: 'offer.accepted',
  body: ({ timestamp }) => ({ event: 'application.created', timestamp, data: bpoc.event.data }),
  headers: ({ deliveryId }) => ({
    'User-Agent': 'BPOC-Webhook/1.0',
    'X-Webhook-Event': 'application.created',
    'X-Webhook-Delivery-Id': deliveryId,
  }),
  signature: { header: 'X-Webhook-Signature', prefix: 'sha256=' },
  secret: WHSEC,
  reprint: compact,
  waitsMs: [MINUTE, 5 * MINUTE, 30 * MINUTE],
  jitter: 0,
  testName: 'test',
  words: { ...words, held: 'held', answered500: null },
};

const smart: Promised = {
  contract: 'smart-hiring',
  family: smartHiring,
  event: {
    type: 'quiz.completed',
    data: {
      attemptId: 'att_1',
      quizId: 'quiz_1',
      candidateId: 'cand_1',
      quizTitle: 'Größe 🚀 & <b>',
      score: 37,
      totalPoints: 40,
      percentage: 92.5,
      passed: true,
    },
  },
  name: 'quiz.completed',
  otherName: 'job.closed',
  body: ({ timestamp, webhookId }) => ({
    event: 'quiz.completed',
    timestamp,
    subscription_id: webhookId,
    data: {
      attempt_id: 'att_1',
      quiz_id: 'quiz_1',
      candidate_id: 'cand_1',
      quiz_title: 'Größe 🚀 & <b>',
      score: 37,
      total_points: 40,
      percentage: 92.5,
      passed: true,
      completed_at: timestamp,
    },
  }),
  headers: ({ deliveryId }) => ({
    'User-Agent': 'SmartHiring-Webhook/1.0',
    'X-Webhook-Event': 'quiz.completed',
    'X-Webhook-Delivery-ID': deliveryId,
  }),
  signature: { header: 'X-Webhook-Signature', prefix: 'sha256=' },
  secret: WHSEC,
  reprint: (body) => pythonDumps(body, ', ', ': '),
  waitsMs: [2 * MINUTE, 4 * MINUTE, 8 * MINUTE],
  jitter: 0.1,
  testName: 'webhook.test',
  words,
};

const role: Promised = {
  contract: 'roleready',
  family: roleready,
  event: {
    type: 'ats.check_completed',
    data: { resumeId: 'res_Ł', score: 85.5, matchedKeywords: 12, missingKeywords: 3 },
  },
  name: 'ats.check_completed',
  otherName: 'resume.parsed',
  body: ({ timestamp, deliveryId, userId }) => ({
    event: 'ats.check_completed',
    deliveryId,
    timestamp,
    userId,
    data: { ...role.event.data, completedAt: timestamp.replace(/\.\d{3}Z$/, 'Z') },
  }),
  headers: ({ deliveryId }) => ({
    'User-Agent': 'RoleReady-Webhook/1.0',
    'X-Webhook-Event': 'ats.check_completed',
    'X-Webhook-Delivery-Id': deliveryId,
  }),
  signature: { header: 'X-Webhook-Signature', prefix: '' },
  secret: /^[0-9a-f]{64}$/,
  reprint: compact,
  waitsMs: [SECOND, 5 * SECOND, 15 * SECOND],
  jitter: 0,
  testName: 'webhook.test',
  words: { success: true, failed: false, held: false, answered500 },
};

const skill: Promised = {
  contract: 'skillora',
  family: skillora,
  event: { type: 'interview.completed', data: { interviewId: 'int_1', candidateId: 'cand_é', score: 85 } },
  name: 'interview_completed',
  otherName: 'mock_interview_completed',
  body: ({ timestamp }) => ({
    event: 'interview.completed',
    timestamp,
    data: {
      interview_id: 'int_1',
      interview_results_url: null,
      candidate_id: 'cand_é',
      job_id: null,
      score: 85,
      status: null,
      hiring_recommendation: null,
      completed_at: timestamp,
    },
  }),
  headers: ({ timestamp }) => ({
    'User-Agent': 'Skillora-Webhook/1.0',
    'X-Webhook-Event': 'interview_completed',
    'X-Webhook-Delivery': timestamp,
  }),
  signature: { header: 'X-Webhook-Signature-256', prefix: 'sha256=' },
  secret: WHSEC,
  reprint: compact,
  waitsMs: [MINUTE, 5 * MINUTE, 30 * MINUTE],
  jitter: 0,
  testName: 'test',
  words,
};

const hr: Promised = {
  contract: 'hr-intelligence',
  family: hrIntelligence,
  event: {
    type: 'query.resolved',
    data: {
      queryId: 'conv_1',
      userId: 'user_1',
      category: 'Überstunden',
      resolutionTimeSeconds: 330.5,
      response: 'ok ✓',
    },
  },
  name: 'query.resolved',
  otherName: 'feedback.received',
  body: ({ timestamp, webhookId }) => ({
    event: 'query.resolved',
    timestamp,
    webhook_id: webhookId,
    data: {
      query_id: 'conv_1',
      user_id: 'user_1',
      category: 'Überstunden',
      resolution_time_seconds: 330.5,
      response: 'ok ✓',
    },
  }),
  headers: ({ webhookId }) => ({ 'User-Agent': 'HRIntelligence-Webhook/1.0', 'X-Webhook-ID': webhookId }),
  attemptTime: 'X-Webhook-Timestamp',
  signature: { header: 'X-Webhook-Signature', prefix: '' },
  secret: /^wsk_live_[A-Za-z0-9_-]{43}$/,
  reprint: (body) => pythonDumps(body, ',', ':'),
  waitsMs: [SECOND, 2 * SECOND],
  jitter: 0,
  testName: 'webhook.test',
  words,
};

const standard: Promised = {
  contract: 'standard',
  family: recruiter('standard'),
  event: {
    type: 'candidate.registered',
    data: { ...candidate, registeredAt: '2026-01-20T19:02:00.5+02:00' },
  },
  name: '*',
  otherName: 'offer.*',
  body: ({ timestamp }) => ({ type: 'candidate.registered', timestamp, data: standard.event.data }),
  headers: () => ({ 'User-Agent': 'Hirehook/1.0' }),
  signature: null,
  secret: WHSEC,
  reprint: compact,
  waitsMs: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR)],
  jitter: 0.1,
  testName: 'test',
  words: bpoc.words,
};

export const promised = { bpoc, smart, role, skill, hr, standard };
export const allPromised: readonly Promised[] = Object.values(promised);
