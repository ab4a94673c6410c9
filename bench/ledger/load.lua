-- Posts consents, each with an id and a subject of its own; for wrk. The version is its argument.
local random, format = math.random, string.format
local path, version, decidedAt

function init(args)
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647)
  path = wrk.path
  version = args[1]
  decidedAt = os.date("!%Y-%m-%dT%H:%M:%SZ")
end

function request()
  local body = format(
    '{"id":"%08x-%04x-4%03x-a%03x-%06x%06x","site":"default","locale":"en","configVersion":"%s","subject":"%08x%08x%06x",'
      .. '"choices":{"MARKETING":false,"STATISTICS":true},"source":"save","decidedAt":"%s"}',
    random(0, 4294967295), random(0, 65535), random(0, 4095), random(0, 4095), random(0, 16777215), random(0, 16777215),
    version, random(0, 4294967295), random(0, 4294967295), random(0, 16777215), decidedAt)
  return format(
    "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
    path, #body, body)
end
