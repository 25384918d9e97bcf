/**
 * Headers that give a request a connection of its own. After an exception uvicorn closes the connection on which it has
 * just answered 500, and `fetch` may send the next question there, and fail.
 */
export const ownConnection = { connection: 'close' };
