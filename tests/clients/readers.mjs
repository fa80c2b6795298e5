// What two readers of the npm registry find in a feed (stdin), as JSON: by reader, its episodes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const installed = createRequire(process.env.READERS);
const { parseFeed } = installed("podcast-partytime");
const { parseFeed: parseAny } = installed("feedsmith");
const xml = readFileSync(0, "utf8");

const partytime = parseFeed(xml);
const any = parseAny(xml).feed;
console.log(JSON.stringify({
  partytime: {
    title: partytime.title,
    owner: partytime.owner?.email,
    moved: partytime.itunesNewFeedUrl ?? null,
    episodes: partytime.items.map((item) => ({
      title: item.title,
      guid: item.guid,
      audio: item.enclosure,
      transcripts: item.podcastTranscripts ?? [],
      chapters: item.podcastChapters,
      people: (item.podcastPeople ?? []).map((each) => each.name),
      duration: item.duration,
    })),
  },
  feedsmith: {
    title: any.title,
    owner: any.itunes?.owner?.email,
    moved: any.itunes?.newFeedUrl ?? null,
    episodes: any.items.map((item) => ({
      title: item.title,
      guid: item.guid.value,
      audio: item.enclosures[0],
      transcripts: item.podcast?.transcripts ?? [],
      chapters: item.podcast?.chapters,
      people: (item.podcast?.persons ?? []).map((each) => each.display),
      duration: item.itunes.duration,
    })),
  },
}));
