#!/usr/bin/env python3
"""Write a recording from the answers that record.py saved.

    python3 convert.py RAW_DIR OUT_DIR

OUT_DIR gets recording.hcl, logs/*.jsonl and http/*.jsonl. Metrics are named and tagged as by Datadog's rabbitmq check,
with the prometheus plugin (tag queue) and with the management API (tag rabbitmq_queue). No value is filled in: a check
that failed is a missing sample.
"""

import datetime
import json
import os
import re
import sys

INTERVAL = datetime.timedelta(seconds=15)
API_EVERY = 4  # of the management API's answers, every fourth is kept in full: one a minute
MISSING = None  # a check that failed, or a value that its answer does not have
QUEUE, VHOST = "shipping-task", "/"
NAMESPACE = "kube_namespace:sock-shop"

# Metrics of the check with the prometheus plugin: the plugin's name, Datadog's name, the type, the unit, and the label
# with the vhost.
PLUGIN = (
    ("queue_consumers", "rabbitmq.queue.consumers", "gauge", "", "vhost"),
    ("queue_messages", "rabbitmq.queue.messages", "gauge", "message", "vhost"),
    ("queue_messages_ready", "rabbitmq.queue.messages.ready", "gauge", "message", "vhost"),
    ("queue_messages_unacked", "rabbitmq.queue.messages.unacked", "gauge", "message", "vhost"),
    ("queue_messages_published_total", "rabbitmq.queue.messages.published.count", "count", "message", "queue_vhost"),
)

# Metrics of the check with the management API: the path in the answer, Datadog's name, and the unit. All are gauges.
MANAGEMENT = (
    (("consumers",), "rabbitmq.queue.consumers", ""),
    (("messages",), "rabbitmq.queue.messages", "message"),
    (("messages_ready",), "rabbitmq.queue.messages_ready", "message"),
    (("messages_unacknowledged",), "rabbitmq.queue.messages_unacknowledged", "message"),
    (("message_stats", "publish"), "rabbitmq.queue.messages.publish.count", "message"),
    (("message_stats", "publish_details", "rate"), "rabbitmq.queue.messages.publish.rate", "message"),
    (("message_stats", "deliver_details", "rate"), "rabbitmq.queue.messages.deliver.rate", "message"),
    (("message_stats", "ack"), "rabbitmq.queue.messages.ack.count", "message"),
    (("message_stats", "redeliver",), "rabbitmq.queue.messages.redeliver.count", "message"),
)

SAMPLE = re.compile(r"^rabbitmq_detailed_(\w+)\{(.*)\} (\S+)$")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def parse_time(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def clock(at):
    return at.strftime("%H:%M:%S")


def utc(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Run:
    """The files that record.py saved."""

    def __init__(self, folder):
        self.folder = folder
        self.timeline = json.loads(self.text("timeline.json"))
        self.start = parse_time(self.timeline["start"])
        self.stopped = parse_time(self.timeline["consumer_stopped"])
        self.started = parse_time(self.timeline["consumer_started"])
        self.samples = [json.loads(line) for line in self.text("samples", "index.jsonl").splitlines()]
        self.end = self.start + len(self.samples) * INTERVAL

    def text(self, *path):
        with open(os.path.join(self.folder, *path), encoding="utf-8") as f:
            return f.read()

    def at(self, number):
        return self.start + number * INTERVAL

    def plugin(self, number):
        """Returns {name: {labels: value}} of the plugin's answer, or MISSING."""
        if "prom_error" in self.samples[number]:
            return MISSING
        found = {}
        for line in self.text("samples", f"{number:04d}.prom").splitlines():
            match = SAMPLE.match(line)
            if match:
                name, labels, value = match.groups()
                found.setdefault(name, {})[tuple(sorted(LABEL.findall(labels)))] = float(value)
        return found

    def management(self, number):
        if "json_error" in self.samples[number]:
            return MISSING
        return json.loads(self.text("samples", f"{number:04d}.json"))

    def delay(self):
        """Returns the longest time from when a check was due to its last answer."""
        return max(parse_time(s["json_answered"]) - parse_time(s["due"]) for s in self.samples)


def of_queue(samples, name, vhost):
    """Returns {labels: value} of the queue's samples of a metric."""
    want = {("queue", QUEUE), (vhost, VHOST)}
    return {labels: value for labels, value in samples.get(name, {}).items() if want <= set(labels)}


def gauge(answers, name, vhost):
    values = []
    for answer in answers:
        found = of_queue(answer or {}, name, vhost)
        values.append(sum(found.values()) if found else MISSING)
    return values


def count(answers, name, vhost):
    """Returns the increase since the previous check, as the Agent submits counters: each series (here: each channel)
    for itself, the first value of a series that appears later in full, and a lower value as a restart from 0."""
    values, last = [], MISSING
    for answer in answers:
        if answer is MISSING:
            values.append(MISSING)
            continue
        now = of_queue(answer, name, vhost)
        if last is MISSING or not now:
            values.append(MISSING)
        else:
            values.append(sum(v - last.get(k, 0) if v >= last.get(k, 0) else v for k, v in now.items()))
        last = {**(last or {}), **now}
    return values


def field(answer, path):
    for key in path:
        if not isinstance(answer, dict) or key not in answer:
            return MISSING
        answer = answer[key]
    return answer


def number(value):
    if value is MISSING:
        return "_"
    return str(int(value)) if value == int(value) else repr(value)


def compact(values):
    """Returns values in the compact notation, with repetitions counted."""
    items = []
    for value in map(number, values):
        if items and items[-1][0] == value:
            items[-1][1] += 1
        else:
            items.append([value, 1])
    return [value if times == 1 else f"{value}x{times}" if value != "_" else f"_x{times}" for value, times in items]


def wrap(items, width=112, indent="    "):
    lines, line = [], ""
    for item in items:
        if line and len(line) + 1 + len(item) > width:
            lines.append(indent + line)
            line = ""
        line += (" " if line else "") + item
    return lines + ([indent + line] if line else [])


def series(run, metric, kind, unit, tags, values):
    lines = [f'series "{metric}" {{', "  tags   = [" + ", ".join(f'"{t}"' for t in [NAMESPACE, *tags]) + "]",
             f'  type   = "{kind}"']
    if unit:
        lines.append(f'  unit   = "{unit}"')
    lines.append("  values = <<-EOT")
    first = 0
    for what, until in (("healthy", run.stopped), ("no consumer", run.started), ("consumed again", run.end)):
        last = first
        while last < len(values) and run.at(last) <= until:
            last += 1
        if last > first:
            lines.append(f"    # {clock(run.at(first))}, {what}")
            lines += wrap(compact(values[first:last]))
        first = last
    return "\n".join([*lines, "  EOT", "}", ""])


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def by_time(lines):
    """Sorts lines by time: processes that write to one log do not take turns."""
    return sorted(lines, key=lambda line: line["timestamp"])


def json_lines(objects):
    return "".join(json.dumps(o, separators=(",", ":")) + "\n" for o in objects)


def script_log(run, name):
    for line in run.text(name).splitlines():
        at, message = line.split(" ", 1)
        if run.start <= parse_time(at) < run.end:
            yield {"timestamp": at, "message": message}


BROKER = re.compile(r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\d{3}\+00:00 \[(\w+)\] (.*)$")


def broker_log(run):
    """The broker's own lines, with their level as the status."""
    for line in run.text("broker.log").splitlines():
        match = BROKER.match(line)
        if not match:
            continue
        at = f"{match[1]}T{match[2]}Z"
        if run.start <= parse_time(at) < run.end:
            level = {"warning": "warn"}.get(match[3], match[3])
            yield {"timestamp": at, "message": line, "status": level}


HEADER = """\
# An outage of the only consumer of a queue, recorded from a real RabbitMQ. record.py ran it and asked for all values;
# convert.py wrote this file. All values are measured; none is chosen, filled in or changed.
#
# Machine   {system}, version {debian}; Linux {kernel}; {machine}, {cpus} CPUs
#           Other work was running: load {load}.
# Broker    RabbitMQ {rabbitmq}, {erlang}
# Packages  {packages}
# Commands  apt-get install -y rabbitmq-server amqp-tools
#           python3 record.py RAW {arguments}
#           python3 convert.py RAW .
# Timing    The last answer of a check came at most {delay} ms after the check was due.
#
# The run has a broker, a producer and a consumer on one machine, and no Kubernetes. So:
# - The tag kube_namespace:sock-shop, by which the monitors filter, comes from the configuration of the check and of the
#   log sources, as on a host. There is no tag of a deployment or pod, and there are no Kubernetes metrics and events.
# - The consumer is a process. It consumes milliseconds after its start, not a minute later like a service that starts
#   a JVM and waits for its readiness probe.
# - The queue is not durable and has the vhost /, as in the sock shop.

name     = "rabbitmq-real"
note     = "The consumer of a real RabbitMQ stopped for {outage} while tasks were published every 2 to 6 seconds."
source   = "a run of record.py on {date}"
start    = "{start}"
end      = "{end}"
interval = "15s"

phases {{
  incident_start = "{stopped}" # the consumer was ended with SIGTERM
  incident_end   = "{started}" # another consumer was started{drained}
}}
"""

ABSENT = """\
# --- What this run does not have

absent "kubernetes_state.deployment.replicas_available" {
  reason = "RabbitMQ, the producer and the consumer ran as processes, without Kubernetes."
}

absent "kubernetes.cpu.usage.total" {
  reason = "The consumer ran as a process, not in a container."
}

absent "events" {
  reason = "RabbitMQ, the producer and the consumer ran as processes, without a cluster that emits events."
}

# The logs below have no pod_name.
absent "logs" {
  tags   = ["pod_name:queue-master*"]
  reason = "The consumer ran as a process, without a pod."
}

absent "logs" {
  tags   = ["pod_name:shipping*"]
  reason = "The producer ran as a process, without a pod."
}

absent "logs" {
  tags   = ["pod_name:orders*"]
  reason = "There was no service that takes orders: the producer published a task for each."
}
"""

LOGS = """\
# --- Logs: all lines of the three processes in this time. The services are configured at the log sources.

logs "logs/producer.jsonl" {
  service = "shipping"
  source  = "amqp-publish"
  tags    = ["kube_namespace:sock-shop"]
}

logs "logs/consumer.jsonl" {
  service = "queue-master"
  source  = "amqp-consume"
  tags    = ["kube_namespace:sock-shop"]
}

# The status is the level in the line.
logs "logs/rabbitmq.jsonl" {
  service = "rabbitmq"
  source  = "rabbitmq"
  tags    = ["kube_namespace:sock-shop"]
}
"""

PLUGIN_COMMENT = """\
# --- RabbitMQ, prometheus plugin, endpoint /metrics/detailed (the check's unaggregated_endpoint)

"""

COUNT_COMMENT = """\
# The plugin counts published messages by channel, so this metric has more tags than the others (channel, exchange), and
# the vhost is in another tag: queue_vhost. The counter of a channel ends with the channel. The producer kept one channel
# open. When it opened a connection for each message instead, the plugin forgot each counter within five seconds, so a
# check every 15 s missed most messages; publish.count of the management API had all of them. The first check has no
# previous one to compare with.
"""

MANAGEMENT_COMMENT = """\
# --- RabbitMQ, management API (the check's older mode), asked milliseconds after the plugin. Its numbers differ from the
# plugin's because it collects them every 5 s. Rates are averages of 5 s: one task every 4 s is 0.2 or 0.4, or 0.

"""


def header(run, depth):
    facts = dict(run.timeline["machine"])
    drained = next((run.at(i) for i, v in enumerate(depth) if run.at(i) > run.started and v == 0), None)
    minutes, seconds = divmod(int((run.started - run.stopped).total_seconds()), 60)
    outage = f"{minutes}m" * (minutes > 0) + f"{seconds}s" * (seconds > 0 or minutes == 0)
    facts.update(
        packages=", ".join(facts["packages"]), erlang=facts["erlang"].split("]")[0] + "]", arguments=" ".join(run.timeline["arguments"]),
        load=f"{facts['load'][0]:.0f} at the start and {run.timeline['load'][0]:.0f} at the end",
        delay=round(run.delay().total_seconds() * 1000), start=utc(run.start), end=utc(run.end),
        date=run.start.strftime("%Y-%m-%d"), stopped=clock(run.stopped), started=clock(run.started), outage=outage,
        drained=f"\n  drained        = \"{clock(drained)}\" # the first check that finds the queue empty" if drained else "")
    return HEADER.format(**facts)


def recording(run):
    numbers = range(len(run.samples))
    plugin, management = [run.plugin(n) for n in numbers], [run.management(n) for n in numbers]
    blocks = [header(run, gauge(plugin, "queue_messages", "vhost")), PLUGIN_COMMENT.rstrip("\n") + "\n"]
    for name, metric, kind, unit, vhost in PLUGIN:
        values = (count if kind == "count" else gauge)(plugin, name, vhost)
        block = series(run, metric, kind, unit, [f"queue:{QUEUE}", f"{vhost}:{VHOST}"], values)
        blocks.append((COUNT_COMMENT if kind == "count" else "") + block)
    blocks.append(MANAGEMENT_COMMENT.rstrip("\n") + "\n")
    for path, metric, unit in MANAGEMENT:
        values = [field(answer, path) for answer in management]
        blocks.append(series(run, metric, "gauge", unit, [f"rabbitmq_queue:{QUEUE}", f"rabbitmq_vhost:{VHOST}"], values))
    return "\n".join([*blocks, ABSENT, LOGS])


def answers(run):
    """The management API's answers in full, one a minute."""
    for n in range(0, len(run.samples), API_EVERY):
        body = run.management(n)
        if body is not MISSING:
            yield {"timestamp": run.samples[n]["json_answered"], "url": "/api/queues/%2F/" + QUEUE, "status": 200,
                   "body": body}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    run, out = Run(sys.argv[1]), sys.argv[2]
    write(out, "recording.hcl", recording(run))
    write(out, "logs/producer.jsonl", json_lines(by_time(script_log(run, "producer.log"))))
    write(out, "logs/consumer.jsonl", json_lines(by_time(script_log(run, "consumer.log"))))
    write(out, "logs/rabbitmq.jsonl", json_lines(by_time(broker_log(run))))
    write(out, "http/api-queues-shipping-task.jsonl", json_lines(answers(run)))


if __name__ == "__main__":
    main()
