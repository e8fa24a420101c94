"""Client of the POST API of OpenVox SMS gateways."""
