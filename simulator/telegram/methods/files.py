"""Methods that send files and say where one is to be had."""

from typing import Any

from simulator.telegram import pictures
from simulator.telegram.bot import Bot
from simulator.telegram.errors import ApiRefusal, bad_request
from simulator.telegram.methods.messages import caption_content, place
from simulator.telegram.params import UPLOAD_LIMIT, Params, Upload
from simulator.telegram.state import StoredFile, TelegramState

Json = dict[str, Any]
DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes; what a bot may fetch
_PHOTO_LIMIT = 10 * 1024 * 1024


def photo_sizes(state: TelegramState, stored: StoredFile) -> list[Json]:
    """The sizes of a photo, smallest first. The smallest is a file of its own: one pixel."""
    width, height = pictures.size(stored.data) or (90, 90)
    small = state.store(pictures.THUMBNAIL, "thumbnails", "image/png")
    return [_photo(small, 1, 1), _photo(stored, width, height)]


def document_json(stored: StoredFile) -> Json:
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_name": stored.name or stored.path.rpartition("/")[2],
        "mime_type": stored.mime_type,
    }


def _photo(stored: StoredFile, width: int, height: int) -> Json:
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "width": width,
        "height": height,
    }


async def send_photo(bot: Bot, params: Params) -> Json:
    chat = bot.chat(params)
    caption = caption_content(params)
    upload = params.upload("photo")
    if upload is not None:
        if len(upload.data) > _PHOTO_LIMIT:
            raise bad_request("too big file for a photo")
        if pictures.size(upload.data) is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        stored = bot.state.store(upload.data, "photos", _image_type(upload))
    else:
        stored = _by_id(bot, params, "photo")
    return place(bot, chat, params, {"photo": photo_sizes(bot.state, stored)} | caption)


async def send_document(bot: Bot, params: Params) -> Json:
    chat = bot.chat(params)
    caption = caption_content(params)
    upload = params.upload("document")
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > UPLOAD_LIMIT:
            raise ApiRefusal(413, "Request Entity Too Large")
        stored = bot.state.store(upload.data, "documents", upload.mime_type, upload.name)
    else:
        stored = _by_id(bot, params, "document")
    return place(bot, chat, params, {"document": document_json(stored)} | caption)


def _by_id(bot: Bot, params: Params, name: str) -> StoredFile:
    if not params.has(name):
        raise bad_request(f"there is no {name} in the request")
    stored = bot.state.files.get(params.text(name))
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def _image_type(upload: Upload) -> str:
    return upload.mime_type if upload.mime_type.startswith("image/") else "image/jpeg"


async def get_file(bot: Bot, params: Params) -> Json:
    stored = bot.state.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


METHODS = {"sendPhoto": send_photo, "sendDocument": send_document, "getFile": get_file}
