"""A program of the administration: hands a declaration in, then asks where it stands.

python docs/examples/client.py http://127.0.0.1:8702 TOKEN docs/examples/transit-kz.xml
"""

import json
import sys
from pathlib import Path
from urllib.request import Request, urlopen

address, token, file = sys.argv[1:]
headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": Path(file).name}
document = Request(f"{address}/api/v1/documents", Path(file).read_bytes(), headers)
taken = json.load(urlopen(document))
place = f"{taken['corridor']}/{taken['consignment_id']}"
found = json.load(urlopen(Request(f"{address}/api/v1/consignments/{place}", headers=headers)))
print(found["consignment"]["reference"], found["consignment"]["state"])
