// Gives a new Uptime Kuma an account and push monitors, by what its own pages send.
// `node - URL USER PASSWORD TOKEN …` in its folder, whose socket.io-client is taken.
"use strict";

const { once } = require("node:events");
const { io } = require("socket.io-client");

const WAIT_MS = 60_000;

const [url, username, password, ...tokens] = process.argv.slice(2);

function monitor(pushToken, place) {
    return {
        type: "push", name: `Push ${place}`, pushToken, interval: 60, retryInterval: 60,
        maxretries: 0, notificationIDList: {}, accepted_statuscodes: ["200-299"], conditions: [],
        kafkaProducerBrokers: [], kafkaProducerSaslOptions: { mechanism: "None" },
        rabbitmqNodes: [],
    };
}

async function main() {
    // Until it listens, connecting is tried again and again.
    const socket = io(url);
    await once(socket, "loginRequired", { signal: AbortSignal.timeout(WAIT_MS) });
    const steps = [
        ["setup", username, password],
        ["login", { username, password, token: "" }],
        ...tokens.map((token, place) => ["add", monitor(token, place)]),
    ];
    for (const step of steps) {
        const answer = await socket.timeout(WAIT_MS).emitWithAck(...step);
        if (!answer.ok) {
            throw new Error(`${step[0]}: ${answer.msg}`);
        }
    }
    socket.close();
}

main();
