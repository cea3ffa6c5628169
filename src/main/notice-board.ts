/** The one notice board: tasks kept by src/records, people found by src/identity, messages in the outbox. */
import { listAddresses } from "../identity/index.ts";
import type { NoticeBoard } from "../platform/notices.ts";
import { queueMessages } from "../platform/outbox/index.ts";
import { endTasksAbout, putTasks } from "../records/index.ts";

export const noticeBoard: NoticeBoard = {
  tell: async ({ tx, mark, newId, place }, notice) => {
    const { placeId } = place;
    const slugs = new Map(notice.to.map(({ userId, placeSlug }) => [userId, placeSlug]));
    const people = await listAddresses(tx, [...slugs.keys()]);
    const messages = people.map(({ userId, email, language }) => {
      const link = `{address}/places/${slugs.get(userId)}${notice.path}`;
      return { messageId: newId(), placeId, kind: notice.kind, to: email, ...notice.write({ language, link }) };
    });
    await queueMessages(tx, messages);
    const { task } = notice;
    if (task === null) return;
    const tasks = people.map(({ userId, language }) => ({
      taskId: newId(),
      title: task.title(language),
      record: notice.about,
      path: notice.path,
      forRole: null,
      forUser: userId,
      dueOn: task.dueOn,
      lapsesAt: task.lapsesAt,
      madeBy: mark,
    }));
    await putTasks(tx, placeId, tasks);
  },
  end: async ({ tx, mark, place }, { about, userIds }) =>
    endTasksAbout(tx, { placeId: place.placeId, record: about, userIds, by: mark }),
};
