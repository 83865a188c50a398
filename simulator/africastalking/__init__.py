"""Africa's Talking and the phone companies behind it: USSD sessions and text messages."""
