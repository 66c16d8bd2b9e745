#!/usr/bin/env python3
"""Record an outage of the consumer of a real RabbitMQ.

    apt-get install -y rabbitmq-server amqp-tools
    python3 record.py RAW_DIR [--healthy 607] [--outage 600] [--drain 360]
    python3 convert.py RAW_DIR .

Starts a broker of its own in RAW_DIR (own ports, data, cookie and epmd; no systemd, no root), a producer
(amqp-publish) and a consumer (amqp-consume). Stops the consumer, and starts it again. Every 15 s it asks what the Datadog
Agent would ask: the prometheus plugin for metrics of each queue, and the management API. RAW_DIR keeps the answers
unchanged; convert.py writes the recording from them. Only processes that the script started are ended.
"""

import argparse
import base64
import datetime
import glob
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

INTERVAL = 15  # seconds between two checks of the Datadog Agent
AMQP, MANAGEMENT, PROMETHEUS, EPMD, DIST = range(5)  # offsets from the first port
QUEUE = "shipping-task"

# The Agent's unaggregated_endpoint: without it, the plugin adds up all queues and its metrics have no tag queue.
DETAILED = "/metrics/detailed?" + "&".join(
    "family=" + f for f in ("queue_coarse_metrics", "queue_consumer_count", "channel_queue_exchange_metrics"))
API = f"/api/queues/%2F/{QUEUE}"

# One task of the consumer: log it, and work on it for half a second. amqp-consume acknowledges it afterwards.
TASK = """#!/bin/sh
read -r id
echo "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ) Received shipping task $id" >> "$1"
sleep 0.5
"""


def stamp(seconds=None):
    at = datetime.datetime.fromtimestamp(seconds or time.time(), datetime.timezone.utc)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def log(path, line):
    with open(path, "a") as f:
        f.write(f"{stamp()} {line}\n")


class Broker:
    """RabbitMQ and its epmd, in the foreground."""

    def __init__(self, folder, port):
        self.first_port = port
        self.url = f"amqp://guest:guest@127.0.0.1:{port + AMQP}"
        home = os.path.join(folder, "broker")
        os.makedirs(home)
        conf = os.path.join(home, "rabbitmq.conf")
        with open(conf, "w") as f:
            f.write(f"listeners.tcp.1 = 127.0.0.1:{port + AMQP}\n"
                    f"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {port + MANAGEMENT}\n"
                    f"prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = {port + PROMETHEUS}\n")
        plugins = os.path.join(home, "enabled_plugins")
        with open(plugins, "w") as f:
            f.write("[rabbitmq_management,rabbitmq_prometheus].\n")
        empty = os.path.join(home, "rabbitmq-env.conf")
        open(empty, "w").close()
        self.env = dict(
            os.environ, HOME=home, ERL_EPMD_PORT=str(port + EPMD), ERL_EPMD_ADDRESS="127.0.0.1",
            RABBITMQ_NODENAME="rabbit@localhost", RABBITMQ_DIST_PORT=str(port + DIST), RABBITMQ_CONFIG_FILE=conf,
            RABBITMQ_CONF_ENV_FILE=empty, RABBITMQ_ENABLED_PLUGINS_FILE=plugins,
            RABBITMQ_MNESIA_BASE=os.path.join(home, "mnesia"), RABBITMQ_LOG_BASE=os.path.join(home, "log"),
            RABBITMQ_LOGS="-", RABBITMQ_GENERATED_CONFIG_DIR=os.path.join(home, "config"))
        # Debian's wrapper in /usr/sbin uses the system's broker; this is the script behind it.
        server = glob.glob("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server")
        if not server:
            sys.exit("RabbitMQ is not installed: apt-get install -y rabbitmq-server amqp-tools")
        self.version = server[0].split("rabbitmq_server-")[1].split("/")[0]
        epmd = shutil.which("epmd") or glob.glob("/usr/lib/erlang/erts-*/bin/epmd")[0]
        self.epmd = subprocess.Popen([epmd], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
        with open(os.path.join(folder, "broker.log"), "w") as output:
            self.process = subprocess.Popen([server[0]], env=self.env, cwd=home, stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=subprocess.STDOUT)

    def ended(self):
        return isinstance(self.process.poll(), int)

    def get(self, service, path):
        request = urllib.request.Request(f"http://127.0.0.1:{self.first_port + service}{path}")
        if service == MANAGEMENT:
            request.add_header("Authorization", "Basic " + base64.b64encode(b"guest:guest").decode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def wait(self):
        for _ in range(300):
            if self.ended():
                sys.exit("The broker ended: see broker.log")
            try:
                self.get(MANAGEMENT, "/api/overview")
                self.get(PROMETHEUS, "/metrics")
                return
            except (urllib.error.URLError, OSError):
                time.sleep(1)
        sys.exit("The broker did not start within 5 minutes: see broker.log")

    def stop(self):
        for process in (self.process, self.epmd):
            end(process)


def end(process):
    process.send_signal(signal.SIGTERM)  # does nothing if it has ended
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()


class Producer(threading.Thread):
    """Publishes a task every 2 to 6 seconds, on one channel, as a service with a connection pool does."""

    def __init__(self, url, folder, stop):
        super().__init__()
        self.log, self.stop = os.path.join(folder, "producer.log"), stop
        self.process = subprocess.Popen(["amqp-publish", "--url", url, "-r", QUEUE, "-l"], stdin=subprocess.PIPE)
        self.pause = random.Random(5)

    def run(self):
        number = 0
        while not self.stop.wait(self.pause.uniform(2, 6)):
            number += 1
            self.process.stdin.write(f"{number:06d}\n".encode())
            self.process.stdin.flush()
            log(self.log, f"Published shipping task {number:06d}")
        self.process.stdin.close()
        end(self.process)


class Consumer:
    def __init__(self, url, folder):
        self.url, self.log = url, os.path.join(folder, "consumer.log")
        self.task = os.path.join(folder, "task.sh")
        with open(self.task, "w") as f:
            f.write(TASK)

    def start(self):
        log(self.log, "Started, consuming from shipping-task")
        self.process = subprocess.Popen(["amqp-consume", "--url", self.url, "-q", QUEUE, "-p", "1",
                                         "sh", self.task, self.log])

    def stop(self):
        end(self.process)


class Sampler(threading.Thread):
    """Saves the answers of both endpoints every 15 s, as DIR/samples/NUMBER.prom and .json, and when they came."""

    def __init__(self, broker, folder, start, stop):
        super().__init__()
        self.broker, self.begin, self.stop = broker, start, stop
        self.folder = os.path.join(folder, "samples")
        os.makedirs(self.folder)

    def run(self):
        number = 0
        while not self.stop.wait(max(0, self.begin + number * INTERVAL - time.time())):
            self.sample(number)
            number += 1

    def sample(self, number):
        begin = time.time()
        entry = {"number": number, "due": stamp(self.begin + number * INTERVAL), "asked": stamp(begin)}
        for service, path, kind in ((PROMETHEUS, DETAILED, "prom"), (MANAGEMENT, API, "json")):
            try:
                text = self.broker.get(service, path)
                with open(os.path.join(self.folder, f"{number:04d}.{kind}"), "w") as f:
                    f.write(text)
            except (urllib.error.URLError, OSError) as e:  # a gap, as the Agent would have
                entry[kind + "_error"] = str(e)
            entry[kind + "_answered"] = stamp()
        with open(os.path.join(self.folder, "index.jsonl"), "a") as f:
            f.write(json.dumps(entry) + "\n")


def machine(broker):
    release = dict(line.strip().split("=", 1) for line in open("/etc/os-release") if "=" in line)
    overview = json.loads(broker.get(MANAGEMENT, "/api/overview"))
    tools = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", "rabbitmq-server", "erlang-base",
                            "amqp-tools"], capture_output=True, text=True, check=False).stdout.split("\n")
    debian = open("/etc/debian_version").read().strip()
    return {"system": release["PRETTY_NAME"].strip('"'), "debian": debian,
            "kernel": platform.release().split("-")[0], "machine": platform.machine(), "cpus": os.cpu_count(),
            "rabbitmq": broker.version, "erlang": overview["erlang_full_version"],
            "packages": [t for t in tools if t], "load": os.getloadavg()}


def run(args):
    folder = os.path.abspath(args.folder)
    os.makedirs(folder)
    stop = threading.Event()
    broker = Broker(folder, args.port)
    producer, consumer, sampler = None, Consumer(broker.url, folder), None
    try:
        broker.wait()
        subprocess.run(["amqp-declare-queue", "--url", broker.url, "-q", QUEUE], check=True, stdout=subprocess.DEVNULL)
        timeline = {"machine": machine(broker), "arguments": sys.argv[2:]}
        consumer.start()
        producer = Producer(broker.url, folder, stop)
        producer.start()
        time.sleep(args.warmup)
        start = (time.time() // INTERVAL + 1) * INTERVAL
        sampler = Sampler(broker, folder, start, stop)
        sampler.start()
        timeline["start"] = stamp(start)
        time.sleep(max(0, start + args.healthy - time.time()))
        timeline["consumer_stopped"] = stamp()
        consumer.stop()
        timeline["consumer_ended"] = stamp()
        time.sleep(args.outage)
        timeline["consumer_started"] = stamp()
        consumer.start()
        time.sleep(args.drain)
        timeline["end"] = stamp()
        timeline["load"] = os.getloadavg()
        with open(os.path.join(folder, "timeline.json"), "w") as f:
            json.dump(timeline, f, indent=2)
    finally:
        stop.set()
        for thread in (sampler, producer):
            if thread:
                thread.join()
        if hasattr(consumer, "process"):
            consumer.stop()
        broker.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="new folder for the raw answers")
    # 607 seconds: the consumer stops between two checks.
    for name, seconds in (("warmup", 30), ("healthy", 607), ("outage", 600), ("drain", 360)):
        parser.add_argument("--" + name, type=float, default=seconds, metavar="SECONDS")
    parser.add_argument("--port", type=int, default=35670, help="first of five free ports")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
